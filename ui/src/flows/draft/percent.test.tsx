// A share of a hundred is from 0 to 100; what was typed otherwise stays to be mended, and is told and not saved.

import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { DRAFT } from "../../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { expectAccessible, showApp } from "../../test/render";

const NAME = "rd_staff_at_destination_percent";
const SAID = "请填写 0 至 100 之间的数";

const shown = async () => {
  const { host, user } = showApp({ page: "draft", id: DRAFT.line.id }, sessionOf(session({ profile: FIRM })));
  await user.click(await screen.findByText("基本信息"));
  const field = await screen.findByLabelText<HTMLInputElement>(/研发人员占比/);
  const type = async (value: string) => {
    const before = host.asked("draft.save").length;
    fireEvent.change(field, { target: { value } });
    fireEvent.blur(window);
    await waitFor(() => expect(host.asked("draft.save").length).toBeGreaterThan(before));
    return host
      .asked("draft.save")
      .at(-1)
      ?.fields.facts.find(({ name }) => name === NAME)?.value;
  };
  return { field, type, user };
};

test.each(["0", "100"])("%s is saved and nothing is said", async (value) => {
  const { type } = await shown();
  expect(await type(value)).toBe(value);
  expect(screen.queryByText(SAID)).toBeNull();
  expect(await screen.findByText("已保存")).toBeDefined();
});

test.each(["101", "150", "-1"])("%s stays in its field, is told there, and is not saved", async (value) => {
  const { field, type, user } = await shown();
  expect(await type(value)).toBeUndefined();
  expect(screen.getByText(SAID)).toBeDefined();
  expect(field.value).toBe(value);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(await screen.findByText("已保存，标出错误的一项除外")).toBeDefined();
  if (value === "150") await expectAccessible();
  await user.click(screen.getByRole("button", { name: "下一步" }));
  expect(screen.getByText(SAID)).toBeDefined();
  await type("50");
  expect(screen.queryByText(SAID)).toBeNull();
});
