// A dossier that answers a decision: where it is taken up, and how it is told from the one that was decided on.

import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { DraftPage } from "../../gen/wire";
import { DRAFT } from "../../test/data/firm";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { expectAccessible, showApp } from "../../test/render";

const DONE: DraftPage = { ...DRAFT, items: DRAFT.items.map((item) => ({ ...item, state: "ready" })) };
const ANSWERING: DraftPage = {
  ...DONE,
  line: { ...DRAFT.line, outcome: "supplement_required", due: "2026-12-31", days_left: 38 },
};
const firm = () => sessionOf(session({ profile: FIRM }));

test.each([
  ["that answers a decision at the papers", ANSWERING, "材料"],
  ["of which nothing is missing at the check", DONE, "自检"],
])("a dossier %s", async (_, page, step) => {
  showApp({ page: "draft", id: page.line.id }, { ...firm(), "draft.get": () => page });
  const title = await screen.findByText(step, { selector: ".ant-steps-item-title" });
  expect(title.closest(".ant-steps-item-active")).not.toBeNull();
});

test("of two of one name, the one that answers is told", async () => {
  const decided = { ...ANSWERING.line, id: "draft-9", state: "decided", signed: DRAFT.line.updated } as const;
  showApp({ page: "drafts" }, { ...firm(), "draft.list": () => ({ drafts: [ANSWERING.line, decided] }) });
  expect(await screen.findAllByText("补正件，未签署")).toHaveLength(1);
  expect(screen.getAllByText(DRAFT.line.title)).toHaveLength(2);
  await expectAccessible();
});
