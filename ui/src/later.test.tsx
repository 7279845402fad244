import { act, render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { expect, test } from "vitest";
import { later, readAhead } from "./later";
import { restOfChinese } from "./text/chinese";

const Word = ({ text }: { text: string }) => <p>{text}</p>;

test("what is read later is waited for, and asked for once", async () => {
  let asked = 0;
  let arrive = () => {};
  const Later = later<{ text: string }>(() => {
    asked += 1;
    return new Promise((resolve) => {
      arrive = () => resolve(Word);
    });
  });
  await act(async () => {
    render(
      <Suspense fallback="…">
        <Later text="first" />
        <Later text="second" />
      </Suspense>,
    );
  });
  expect(document.body.textContent).toBe("…");
  await act(async () => {
    arrive();
    await restOfChinese();
  });
  expect(document.body.textContent).toBe("firstsecond");
  expect(asked).toBe(1);
});

test("what was read ahead is there at once", async () => {
  const Later = later<{ text: string }>(async () => Word);
  await readAhead();
  render(<Later text="there" />);
  expect(screen.getByText("there").textContent).toBe("there");
});
