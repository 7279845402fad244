import { PageHeader } from "../../parts/page";
import { useKept } from "../../route";
import { useSession } from "../../session";
import { useText } from "../../text";
import { Keys, Steps, Verdicts, Words } from "./articles";
import { CLERK, FIRM, TOPICS, type Topic } from "./topics";
import "../../text/help";
import "./help.css";

/** 使用说明: short pages, at hand without a network. */
export function HelpPage({ topic }: { topic: Topic | null }) {
  const { t } = useText();
  const { status } = useSession();
  const first = status.profile?.role === "firm" ? "firm" : "clerk";
  const [shown, show] = useKept<Topic>("help-topic", topic ?? first);
  return (
    <div className="page help-page">
      <PageHeader title={t("help-menu")} lead={t("help-lead")} />
      <div className="guide">
        <nav className="help-topics" aria-label={t("help-topics")}>
          <ul>
            {TOPICS.map((one) => (
              <li key={one}>
                <button
                  type="button"
                  className="menu-line"
                  aria-current={one === shown ? "true" : undefined}
                  onClick={() => show(one)}
                >
                  {t(`help-topic-${one}`)}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <article className="card help-article" aria-label={t(`help-topic-${shown}`)}>
          <h2>{t(`help-topic-${shown}`)}</h2>
          <p className="help-intro">{t(`help-intro-${shown}`)}</p>
          <Article topic={shown} />
        </article>
      </div>
    </div>
  );
}

function Article({ topic }: { topic: Topic }) {
  switch (topic) {
    case "clerk":
      return <Steps of="clerk" steps={CLERK} />;
    case "firm":
      return <Steps of="firm" steps={FIRM} />;
    case "verdict":
      return <Verdicts />;
    case "words":
      return <Words />;
    case "keys":
      return <Keys />;
  }
}
