import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { expectAccessible, showApp } from "../../test/render";

test("what is claimed and what is not, the version, the folder and the licences are told", async () => {
  const { user, host } = showApp({ page: "about" });
  expect(await screen.findByText(/不是电子营业执照或其他电子证照/)).toBeDefined();
  await user.click(screen.getByRole("button", { name: /MIT · 2 个组件/ }));
  expect(await screen.findByText("react · rusqlite")).toBeDefined();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "复制路径" }));
  expect(host.copied).toEqual(["C:\\Users\\Public\\资质通"]);
});
