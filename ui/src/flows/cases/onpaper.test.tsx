// A photo or a scan of a printed page leads to its case, once somebody said so.

import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Refused } from "../../host/types";
import { FIRM, session, answers as sessionOf } from "../../test/data/session";
import { refusal } from "../../test/fakeHost";
import { expectAccessible, showApp } from "../../test/render";

const asks = () => screen.findByRole("dialog", { name: "从图片中的二维码打开" });

test("the case of a picture is opened only once somebody said so", async () => {
  const { user, host } = showApp({ page: "cases" });
  host.choices.push("/in/report.jpg");
  await user.click(await screen.findByRole("button", { name: "从二维码图片打开…" }));
  const dialog = await asks();
  await within(dialog).findByText("图片中的二维码属于收件 收〔2026〕0017。");
  expect(host.asked("cases.on_paper")).toEqual([{ path: "/in/report.jpg" }]);
  expect(host.asked("cases.get")).toEqual([]);
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "打开收件" }));
  await waitFor(() => expect(host.asked("cases.get")).toEqual([{ id: "case-17" }]));
});

test("a picture that another took the place of under its name is read anew", async () => {
  const numbers = ["收〔2026〕0017", "收〔2026〕0018"];
  const { user, host } = showApp(
    { page: "cases" },
    { "cases.on_paper": () => ({ id: "case-17", number: numbers.shift() ?? "", firm_name: "星河【演示】" }) },
  );
  for (const number of ["收〔2026〕0017", "收〔2026〕0018"]) {
    host.choices.push("/in/scan.png");
    await user.click(await screen.findByRole("button", { name: "从二维码图片打开…" }));
    await within(await asks()).findByText(`图片中的二维码属于收件 ${number}。`);
    await user.click(within(await asks()).getByRole("button", { name: "不打开" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  }
  expect(host.asked("cases.on_paper").length).toBe(2);
});

test("what leads nowhere is told with its reason, and nothing opens", async () => {
  const { user, host } = showApp(
    { page: "cases" },
    {
      "cases.on_paper": () => {
        throw new Refused(refusal("PICTURE-NO-CODE", "图片中没有读出二维码"));
      },
    },
  );
  host.choices.push("/in/blurred.png");
  await user.click(await screen.findByRole("button", { name: "从二维码图片打开…" }));
  expect((await within(await asks()).findByRole("alert")).textContent).toContain("没有读出二维码");
  expect(screen.queryByRole("button", { name: "打开收件" })).toBeNull();
  await user.click(screen.getAllByRole("button", { name: "关闭" }).at(-1) as HTMLElement);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("a picture that is dropped on any page of an incubator is looked up; a firm has no cases", async () => {
  const { host } = showApp({ page: "about" });
  await screen.findByRole("heading", { level: 1, name: "关于资质通" });
  act(() => host.drop.dropped(["/in/scan.PNG"]));
  await within(await asks()).findByText(/收〔2026〕0017/);
  expect(host.asked("cases.on_paper")).toEqual([{ path: "/in/scan.PNG" }]);
});

test("a firm that drops a picture is asked nothing of cases", async () => {
  const { host } = showApp({ page: "about" }, sessionOf(session({ profile: FIRM })));
  await screen.findByRole("heading", { level: 1, name: "关于资质通" });
  act(() => host.drop.dropped(["/in/scan.png"]));
  await waitFor(() => expect(host.asked("verify.file").length).toBe(1));
  expect(host.asked("cases.on_paper")).toEqual([]);
});
