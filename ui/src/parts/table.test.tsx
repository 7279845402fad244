import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { PAGE } from "../rpc";
import { IN_ALL } from "../test/data/cases";
import { FIRM, session, answers as sessionOf } from "../test/data/session";
import { expectAccessible, showApp, showPart } from "../test/render";
import { type Column, WindowedTable } from "./WindowedTable";

const COLUMNS: Column<number>[] = [{ key: "n", title: "Number", width: "1fr", cell: (n) => `row ${n}` }];

const table = (rows: number[], opened: number[] = [], more = () => {}) => (
  <WindowedTable
    name="numbers"
    columns={COLUMNS}
    rows={rows}
    rowKey={String}
    onOpen={(n) => opened.push(n)}
    more={more}
    whole
    busy={false}
    empty="nothing"
  />
);

const rows = () => screen.getAllByRole("row").slice(1);

test("of 100 000 rows only those in sight exist", async () => {
  showPart(table(Array.from({ length: 100_000 }, (_, n) => n)));
  expect(rows().length).toBeGreaterThan(10);
  expect(rows().length).toBeLessThan(60);
  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("100001");
  await expectAccessible();
});

test("scrolling far down shows the rows that belong there", async () => {
  showPart(table(Array.from({ length: 100_000 }, (_, n) => n)));
  const scroll = document.querySelector(".windowed-scroll") as HTMLElement;
  scroll.scrollTop = 44 * 50_000;
  fireEvent.scroll(scroll);
  expect(await screen.findByText("row 50000")).toBeDefined();
  expect(rows().length).toBeLessThan(60);
});

test("arrow keys move, Enter opens", async () => {
  const opened: number[] = [];
  const { user } = showPart(table([7, 8, 9], opened));
  rows()[0]?.focus();
  await user.keyboard("{ArrowDown}{ArrowDown}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("row 9"));
  await user.keyboard("{Enter}");
  expect(opened).toEqual([9]);
});

test("End and Home go to the ends", async () => {
  const { user } = showPart(table([7, 8, 9]));
  rows()[0]?.focus();
  await user.keyboard("{End}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("row 9"));
  await user.keyboard("{Home}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("row 7"));
});

test("a table without rows says so", () => {
  showPart(table([]));
  expect(screen.getByText("nothing")).toBeDefined();
});

test("a ledger is asked for page by page, after the cursor of the last", async () => {
  const { host } = showApp({ page: "cases" });
  await screen.findByText(`收〔2026〕${IN_ALL}`);
  const scroll = document.querySelector(".windowed-scroll") as HTMLElement;
  scroll.scrollTop = 60 * 45;
  fireEvent.scroll(scroll);
  await waitFor(() => expect(host.asked("cases.list").length).toBeGreaterThan(1));
  const [first, second] = host.asked("cases.list");
  expect(first).toMatchObject({ after: null, limit: PAGE });
  expect(second?.after).toBe(String(IN_ALL - PAGE));
});

test("back from a case, the ledger stands where it was left", async () => {
  const { user } = showApp({ page: "cases" });
  await screen.findByText(`收〔2026〕${IN_ALL}`);
  const scroll = document.querySelector(".windowed-scroll") as HTMLElement;
  scroll.scrollTop = 60 * 20;
  fireEvent.scroll(scroll);
  await user.click(await screen.findByText(`收〔2026〕${IN_ALL - 22}`));
  await user.click(await screen.findByRole("button", { name: "返回" }));
  const again = await screen.findByRole("table", { name: "台账" });
  expect(within(again).getByText(`收〔2026〕${IN_ALL - 22}`)).toBeDefined();
  expect(within(again).queryByText(`收〔2026〕${IN_ALL}`)).toBeNull();
});

/** What a window of 1280 leaves for a table beside the menu. */
const ROOM = 1022;

// A firm's name is shown whole: where that leaves no room for a column, it stands below another.
test.each([
  ["register", "folded"],
  ["issued", "folded"],
  ["cases", "beside"],
  ["issuers", "beside"],
  ["activity", "beside"],
] as const)("no column of %s is cut in a window of 1280: they stand %s", async (page, layout) => {
  roomFor(ROOM);
  showApp({ page });
  const table = (await screen.findAllByRole("table"))[0] as HTMLElement;
  expect(table.closest(".windowed")?.className).toContain(layout);
});

/** What a window of 1366 leaves for a table beside the menu, and what one of 683 does, which is 1366 at 200 %. */
const USUAL = 1094;
const ENLARGED = 575;

function roomFor(width: number) {
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => width });
}
afterEach(() => {
  Reflect.deleteProperty(HTMLElement.prototype, "clientWidth");
});

const LISTS = [
  { page: "register" },
  { page: "issued" },
  { page: "cases" },
  { page: "issuers" },
  { page: "activity" },
  { page: "batch", path: "/收件夹" },
  { page: "requests" },
] as const;
const FIRMS = [{ page: "held" }, { page: "drafts" }] as const;

test.each(
  [...LISTS, ...FIRMS].flatMap((route) => (["zh", "en"] as const).map((language) => ({ route, language }))),
)("$route.page has all its columns in large text in a window of 1366, in $language", async (shown) => {
  roomFor(USUAL);
  const { route, language } = shown;
  const own = { settings: { ...session().settings, large_text: true, language } };
  const firm = FIRMS.some(({ page }) => page === route.page);
  showApp(route, sessionOf(session(firm ? { ...own, profile: FIRM } : own)));
  const table = (await screen.findAllByRole("table"))[0] as HTMLElement;
  expect(table.closest(".windowed")?.className).toMatch(/beside|folded/);
});

test("at 200 % every value of a row stands with its name, and none is a column further right", async () => {
  roomFor(ENLARGED);
  showApp({ page: "cases" });
  await screen.findByText(`收〔2026〕${IN_ALL}`);
  const cells = [...(rows()[0]?.querySelectorAll("td") ?? [])];
  expect(cells.map((cell) => cell.dataset.title)).toEqual([
    "编号",
    "企业",
    "事项",
    "状态",
    "核验结论",
    "决定",
  ]);
  expect(rows()[0]?.style.gridTemplateColumns).toBe("repeat(2, minmax(0, 1fr))");
  await expectAccessible();
});
