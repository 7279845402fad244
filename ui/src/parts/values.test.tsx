import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Fingerprint } from "../flows/trust/Fingerprint";
import { session } from "../test/data/session";
import HIDDEN from "../test/hidden.json";
import { expectAccessible, showPart } from "../test/render";
import { visible } from "../text";
import {
  Age,
  CivilDate,
  Copy,
  Data,
  Digest,
  digestText,
  Instant,
  Money,
  ProvenanceTag,
  shanghaiInstant,
  sizeText,
  Thumbprint,
  utcInstant,
} from "./values";

const english = { status: session({ settings: { ...session().settings, language: "en" } }) };

test("a civil date is 2026-11-23 in tables and 2026年11月23日 in prose", () => {
  showPart(
    <>
      <CivilDate date="2026-11-03" />
      <CivilDate date="2026-11-03" prose />
    </>,
  );
  expect(screen.getByText("2026-11-03")).toBeDefined();
  expect(screen.getByText("2026年11月3日")).toBeDefined();
});

test("an English reader gets the month's name", () => {
  showPart(<CivilDate date="2026-11-03" prose />, english);
  expect(screen.getByText("3 November 2026")).toBeDefined();
});

test("what is no date is shown as it came and not as another date", () => {
  showPart(
    <>
      <CivilDate date="长期" prose />
      <CivilDate date={null} />
    </>,
  );
  expect(screen.getByText("长期")).toBeDefined();
  expect(screen.getByText("—")).toBeDefined();
});

test("an instant is told as Shanghai has it, with UTC on hover", () => {
  showPart(<Instant at="2026-11-23T02:05:09Z" />);
  expect(screen.getByText("2026-11-23 10:05").title).toBe("2026-11-23 02:05:09 UTC");
});

test("small forms", () => {
  expect(shanghaiInstant("nonsense")).toBe("nonsense");
  expect(utcInstant("nonsense")).toBe("nonsense");
  expect(sizeText(1023)).toBe("1023 B");
  expect(sizeText(2048)).toBe("2.0 KB");
  expect(sizeText(5 * 1024 * 1024)).toBe("5.0 MB");
  expect(digestText("0123ABCD")).toBe("0123 abcd");
  expect(digestText("0123 abcd")).toBe("0123 abcd");
  // Base64url, as the report has it.
  expect(digestText("_-8")).toBe("ffef");
  expect(digestText("<b>")).toBe("<b>");
});

test.each([
  [9 * 86_400, "9 天前"],
  [86_399, "23 小时前"],
  [59, "不到 1 小时前"],
])("%i seconds are told as %s", (seconds, told) => {
  showPart(<Age seconds={seconds} />);
  expect(screen.getByText(told)).toBeDefined();
});

test("money is 万元 with two decimals in tables and yuan with separators on invoices", () => {
  showPart(
    <>
      <Money fen={120_000_000} unit="wan" />
      <Money fen={1_440_000} unit="yuan" />
    </>,
  );
  expect(screen.getByText("120.00")).toBeDefined();
  expect(screen.getByText("¥14,400.00")).toBeDefined();
});

test("a digest stands in groups of four and is copied without the spaces", async () => {
  const { user, host } = showPart(<Digest value={"0123456789abcdef".repeat(4)} short />);
  expect(screen.getByText("0123 4567 … 89ab cdef")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "复制摘要" }));
  expect(host.copied).toEqual(["0123456789abcdef".repeat(4)]);
  expect(await screen.findByRole("button", { name: "已复制" })).toBeDefined();
});

test("a key has one form everywhere: that of the register, and it is copied whole however short it is shown", async () => {
  const kid = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
  const whole = "90fa cafe a9b1 5566 9854 0f70 c011 7a22 ea37 bd5c f3ed 3c47 093c 1707 282b 4b89";
  const { user, host } = showPart(
    <>
      <Thumbprint kid={kid} short />
      <Fingerprint value={whole} />
    </>,
  );
  expect(screen.getByText("90fa cafe … 282b 4b89")).toBeDefined();
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(whole.split(" "));
  for (const button of screen.getAllByRole("button")) await user.click(button);
  expect(host.copied).toEqual([whole, whole]);
});

test("what is copied may be made at that moment", async () => {
  const { user, host } = showPart(<Copy text={async () => "later"} label="copy" />);
  await user.click(screen.getByRole("button", { name: "copy" }));
  await screen.findByRole("button", { name: "已复制" });
  expect(host.copied).toEqual(["later"]);
});

test("text of others shows what would be invisible or turn the line around", () => {
  showPart(<Data>{"发票\u202efdp.exe\u0000"}</Data>);
  expect(screen.getByText("发票\ufffdfdp.exe\ufffd")).toBeDefined();
  showPart(<Data>{"合肥\u200b星河\u3164科技\u00ad有限公司"}</Data>);
  expect(screen.getByText("合肥\ufffd星河\ufffd科技\ufffd有限公司")).toBeDefined();
});

test("the window shows as a mark what the program takes for hidden, but for breaks between lines", () => {
  const ranges = HIDDEN.map((range) => range.map((code) => Number.parseInt(code, 16)));
  const different = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => {
    const hides = ranges.some(([first = 0, last = 0]) => first <= code && code <= last);
    return hides !== (visible(String.fromCodePoint(code)) === "\ufffd") && code !== 0xfffd;
  });
  expect(different).toEqual([0x9, 0xa]);
});

test("provenance is a word in brackets, not a colour", async () => {
  showPart(
    <>
      <ProvenanceTag of="direct" />
      <ProvenanceTag of="attested" />
      <ProvenanceTag of="declared" />
    </>,
  );
  for (const word of ["【直签】", "【背书】", "【自述】"]) expect(screen.getByText(word)).toBeDefined();
  await expectAccessible();
});
