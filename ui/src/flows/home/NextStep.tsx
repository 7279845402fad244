import { ArrowRightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Route } from "../../route";
import { useRoute } from "../../route";
import { type Speech, useText } from "../../text";
import { OPENS } from "..";
import type { Next } from "./next";

/** Where a step is done; null while no page of this program does it. */
function routeOf(next: Next): Route | null {
  switch (next.step) {
    case "trust":
      return { page: "trust", from: null };
    case "backup":
      return { page: "upkeep" };
    case "answer":
      return OPENS.request?.(next.request.id) ?? null;
    case "supplement":
    case "sign":
    case "hand":
      return OPENS.draft?.(next.draft.id) ?? null;
    case "renew":
      return OPENS.held?.(next.held.id) ?? null;
    case "import":
      return OPENS.held?.(null) ?? null;
    case "begin":
      return { page: "begin" };
  }
}

/** What the step is about, as it is called. */
function aboutOf(next: Next, { say }: Speech): string {
  if (next.step === "answer") return next.request.other ?? "";
  if (next.step === "sign" || next.step === "hand" || next.step === "supplement") return next.draft.title;
  return next.step === "renew" ? say(next.held.title) : "";
}

/** 下一步: the one thing to do now, with the page's one primary button. */
export function NextStep({ next }: { next: Next }) {
  const speech = useText();
  const { t } = speech;
  const { go } = useRoute();
  const route = routeOf(next);
  return (
    <section className="card home-next" aria-labelledby="home-next">
      <div>
        <p className="quiet">{t("home-next")}</p>
        <h2 id="home-next">{t(`home-next-${next.step}`, { about: aboutOf(next, speech) })}</h2>
        <p>{t(`home-next-${next.step}-why`)}</p>
        {next.step === "supplement" && next.more > 0 && <p>{t("home-next-more", { count: next.more })}</p>}
      </div>
      {route && (
        <Button
          type="primary"
          size="large"
          icon={<ArrowRightOutlined aria-hidden />}
          onClick={() => go(route)}
        >
          {t(`home-next-${next.step}-do`)}
        </Button>
      )}
    </section>
  );
}
