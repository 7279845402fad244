import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { expectAccessible, showApp } from "../../test/render";
import { TOPICS } from "./topics";

test("the guide begins with the day of whoever reads it", async () => {
  showApp({ page: "help", topic: null }, sessionOf(session({ profile: FIRM })));
  expect(await screen.findByRole("heading", { level: 2, name: "企业的一天" })).toBeDefined();
});

test.each(TOPICS)("the page %s stands, in both languages", async (topic) => {
  const { user } = showApp({ page: "help", topic });
  const article = await screen.findByRole("article");
  await expectAccessible();
  const chinese = article.textContent ?? "";
  await user.click(screen.getByRole("button", { name: "English" }));
  expect(await screen.findByRole("navigation", { name: "Contents" })).toBeDefined();
  const english = screen.getByRole("article").textContent ?? "";
  expect(english).not.toBe(chinese);
  expect(english.length).toBeGreaterThan(200);
});

test("another page of the guide is one key away", async () => {
  const { user } = showApp({ page: "help", topic: "clerk" });
  await user.click(await screen.findByRole("button", { name: "常用词语" }));
  expect(screen.getByRole("heading", { level: 2, name: "常用词语" })).toBeDefined();
  expect(screen.getByText("选择性披露")).toBeDefined();
});
