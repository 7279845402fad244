// Whom a batch goes to, where the register is longer than what is listed.

import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { PAGE } from "../../rpc";
import { FIRMS, firm, answers as registerOf } from "../../test/data/register";
import { type Answers, refused } from "../../test/fakeHost";
import { showApp } from "../../test/render";

test("where not all firms are listed yet, all that were found can be chosen, but for those without a key", async () => {
  const { user, host } = showApp({ page: "issue", firms: [] });
  await user.click(await screen.findByRole("button", { name: "选中全部查到的企业" }));
  const withKey = Array.from({ length: FIRMS }, (_, n) => firm(n)).filter(
    ({ state, holder_jwk }) => state === "in" && holder_jwk !== null,
  );
  expect(await screen.findByText(`企业（已选 ${withKey.length} 家）`)).toBeDefined();
  expect(withKey.length).toBeGreaterThan(PAGE);
  const asked = host.asked("register.list").filter(({ limit }) => limit > PAGE);
  expect(asked.map(({ after }) => after)).toEqual([null]);
});

test("a register that cannot be read chooses nobody and says why", async () => {
  const broken: Answers = {
    "register.list": (asked) => {
      const known = registerOf()["register.list"];
      if (asked.limit > PAGE || !known) refused("DB-DAMAGED", "数据库文件已损坏");
      return known(asked);
    },
  };
  const { user } = showApp({ page: "issue", firms: [] }, broken);
  await user.click(await screen.findByRole("button", { name: "选中全部查到的企业" }));
  expect(await screen.findByText("数据库文件已损坏")).toBeDefined();
  expect(screen.getByText("企业（已选 0 家）")).toBeDefined();
});
