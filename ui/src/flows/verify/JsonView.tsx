import type { Report } from "../../gen/wire";
import { Section } from "../../parts/page";
import { Copy } from "../../parts/values";
import { useText, visible } from "../../text";

/** The report as programs read it: what the other screens show comes from here and from nowhere else. */
export function JsonView({ report }: { report: Report }) {
  const { t } = useText();
  const text = JSON.stringify(report, null, 2);
  return (
    <Section title={t("tab-json")} extra={<Copy text={text} label={t("json-copy")} />}>
      <textarea className="json" readOnly rows={30} aria-label={t("tab-json")} value={visible(text)} />
    </Section>
  );
}
