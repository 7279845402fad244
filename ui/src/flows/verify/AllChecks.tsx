import { Button, Input, Segmented } from "antd";
import { useId } from "react";
import type { Check, Outcome, Verified } from "../../gen/wire";
import { FindingList } from "../../parts/FindingList";
import { namesOf, ordered, READING_ORDER } from "../../parts/findings";
import { EmptyState, Field, Section } from "../../parts/page";
import { useShortcut } from "../../parts/shortcuts";
import { useKept } from "../../route";
import { useText } from "../../text";

/** More than anybody reads at once; the rest follows on request. */
const AT_ONCE = 100;

/** Every check with its code, to search by code, by words and by subject. */
export function AllChecks({ verified }: { verified: Verified }) {
  const { t, say } = useText();
  const id = useId();
  const [text, setText] = useKept("checks-text", "");
  const [outcome, setOutcome] = useKept<Outcome | "all">("checks-outcome", "all");
  const [limit, setLimit] = useKept("checks-limit", AT_ONCE);
  useShortcut("Ctrl+F", "shortcut-filter", () => document.getElementById(id)?.focus());
  const nameOf = namesOf(verified, say);
  const all = ordered(verified.report.checks);
  const wanted = text.trim().toLowerCase();
  const has = (check: Check) =>
    [check.code, say(check.message), nameOf(check.subject) ?? check.subject].some((part) =>
      part.toLowerCase().includes(wanted),
    );
  const found = all.filter((check) => (outcome === "all" || check.outcome === outcome) && has(check));
  const count = (of: Outcome) => all.filter((check) => check.outcome === of).length;
  return (
    <Section>
      <div className="row checks-head">
        <Field label={t("checks-search")} id={id}>
          <Input id={id} allowClear value={text} onChange={({ target }) => setText(target.value)} />
        </Field>
        <Segmented<Outcome | "all">
          aria-label={t("checks-outcome")}
          value={outcome}
          onChange={setOutcome}
          options={[
            { value: "all", label: `${t("checks-every")} ${all.length}` },
            ...READING_ORDER.map((value) => ({ value, label: `${t(`outcome-${value}`)} ${count(value)}` })),
          ]}
        />
      </div>
      {found.length > 0 ? (
        <FindingList checks={found.slice(0, limit)} advice={verified.advice} titleOf={nameOf} />
      ) : (
        <EmptyState title={t("checks-none")} hint={t("checks-none-hint")} />
      )}
      {found.length > limit && (
        <Button block onClick={() => setLimit(limit + AT_ONCE)}>
          {t("checks-more", { count: found.length - limit })}
        </Button>
      )}
    </Section>
  );
}
