import type { Rate, ParkRates as Rates } from "../../gen/wire";
import { Section } from "../../parts/page";
import { useText } from "../../text";

/** 在园企业指标: each rate with what it is counted from, who is not known, and the line it is held against. */
export function ParkRates({ rates }: { rates: Rates }) {
  const { t, say } = useText();
  return (
    <Section title={t("park-title")}>
      <p className="quiet">{t("park-as-of", { day: rates.as_of, firms: rates.high_tech.firms })}</p>
      <ul className="bars">
        <RateBar rate={rates.high_tech} kind="high_tech" />
        <RateBar rate={rates.financed} kind="financed" />
      </ul>
      <p className="quiet">{say(rates.source)}</p>
    </Section>
  );
}

function RateBar({ rate, kind }: { rate: Rate; kind: "high_tech" | "financed" }) {
  const { t } = useText();
  const { firms, met, lapsed, unrecorded, reference } = rate;
  const value = rate.tenths === null ? "—" : `${(rate.tenths / 10).toFixed(1)}%`;
  return (
    <li className="bar">
      <span>{t(`park-${kind}`)}</span>
      <strong className="figure">{value}</strong>
      <span className="rate-track" aria-hidden>
        <span className="bar-track">
          <span
            className="bar-fill"
            style={{ width: `${(rate.tenths ?? 0) / 10}%`, background: "var(--info-text)" }}
          />
        </span>
        <span className="rate-line" style={{ insetInlineStart: `${reference}%` }} />
      </span>
      <span className="quiet rate-said">
        {t(`park-${kind}-of`, { met, firms })}
        {firms > 0 && ` ${t("park-unknown", { lapsed, unrecorded })}`} {t("park-reference", { reference })}
      </span>
    </li>
  );
}
