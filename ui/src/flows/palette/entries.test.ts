import { expect, test } from "vitest";
import { session } from "../../test/data/session";
import { CHINESE } from "../../text/chinese";
import { MENU } from "..";
import { pagesOf, spells } from "./entries";
import { PINYIN } from "./pinyin";

const said = (key: string) => {
  const { value } = CHINESE.getMessage(key) ?? {};
  return value ? CHINESE.formatPattern(value) : "";
};
const found = (typed: string) => pagesOf(session(), said, typed).map(({ title }) => title);

test("every page of the menu is read aloud, a syllable for each of its characters", () => {
  for (const { label } of MENU)
    expect([label, PINYIN[label]?.split(" ").length]).toEqual([label, [...said(label)].length]);
  expect(Object.keys(PINYIN)).toHaveLength(MENU.length);
});

test.each([
  ["tz", "台账"],
  ["taizhang", "台账"],
  ["tai zh", "台账"],
  ["XRSJ", "信任数据"],
  ["shuju", "信任数据"],
  ["名册", "在园企业名册"],
  ["yqymc", "在园企业名册"],
])("%s finds %s", (typed, page) => {
  expect(found(typed)).toContain(page);
});

test("letters that begin within a syllable find nothing, nor do those that leave one out", () => {
  expect(spells("tai zhang", "hang")).toBe(false);
  expect(spells("xin ren shu ju", "xsj")).toBe(false);
  expect([found("zzz"), found("'")]).toEqual([[], []]);
});
