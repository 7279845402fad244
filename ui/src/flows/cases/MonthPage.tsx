import { FileExcelOutlined, LeftOutlined, PrinterOutlined, RightOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import type { Month, Verdict } from "../../gen/wire";
import { today } from "../../parts/clock";
import { monthsOn } from "../../parts/days";
import { Mark, VERDICT_TONE } from "../../parts/marks";
import { EmptyState, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { WrittenNote } from "../../parts/written";
import { useKept } from "../../route";
import { useAct, useAsk, useHost } from "../../rpc";
import { useText } from "../../text";
import { ParkRates } from "./ParkRates";
import "./cases.css";

/** The order of `Month::verdicts`. */
const VERDICTS: Verdict[] = ["passed", "passed_with_conditions", "pending", "failed"];

/** Tenths as a number with one place; what nobody could count is a dash. */
const ofTenths = (tenths: number | null, unit = "") =>
  tenths === null ? "—" : `${(tenths / 10).toFixed(1)}${unit}`;

/** 月报: 收件数, 通过率, 平均用时, 主要问题, the rates of the firms in incubation, and how all are counted. */
export function MonthPage({ month: given }: { month: string | null }) {
  const { t, language } = useText();
  const [month, setMonth] = useKept("month", given ?? today().slice(0, 7));
  const asked = useAsk("cases.month", { month });
  const host = useHost();
  const exporting = useAct("cases.export_month");
  const save = async (title: string, name: string, extensions: string[]) => {
    const suggested = `${t("month-title")} ${month}.${extensions[0]}`;
    const path = await host.saveAs(title, suggested, { name, extensions });
    if (path) exporting.mutate({ month, path, language });
  };
  const turn = (months: number) => setMonth(monthsOn(month, months));
  const [year = "", number = ""] = month.split("-");
  return (
    <div className="page">
      <PageHeader
        title={t("month-title")}
        primary={
          <span className="row">
            <Button
              icon={<PrinterOutlined aria-hidden />}
              disabled={!asked.data}
              loading={exporting.isPending}
              onClick={() => void save(t("month-print"), "PDF", ["pdf"])}
            >
              {t("month-print")}
            </Button>
            <Button
              icon={<FileExcelOutlined aria-hidden />}
              disabled={!asked.data}
              loading={exporting.isPending}
              onClick={() => void save(t("month-export"), "Excel", ["xlsx", "csv"])}
            >
              {t("month-export")}
            </Button>
          </span>
        }
        extra={
          <span className="row">
            <Button
              icon={<LeftOutlined aria-hidden />}
              aria-label={t("month-before")}
              onClick={() => turn(-1)}
            />
            <strong className="month-name">{t("month-name", { year, month: String(Number(number)) })}</strong>
            <Button
              icon={<RightOutlined aria-hidden />}
              aria-label={t("month-after")}
              onClick={() => turn(1)}
            />
          </span>
        }
      />
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {exporting.error && <RefusalAlert refusal={exporting.error.refusal} />}
      {exporting.data && <WrittenNote written={exporting.data} />}
      {asked.data && <Figures month={asked.data} />}
    </div>
  );
}

function Figures({ month }: { month: Month }) {
  const { t, say } = useText();
  const judged = month.verdicts.reduce((sum, count) => sum + count, 0);
  const passed = month.verdicts[0] + month.verdicts[1];
  const figures: [string, string, string][] = [
    ["received", String(month.received), t("month-cases")],
    ["decided", String(month.decided), t("month-cases")],
    ["passed", ofTenths(month.passed_tenths, "%"), t("month-passed-of", { passed, judged })],
    ["average", ofTenths(month.average_tenths), t("month-working-days")],
  ];
  return (
    <>
      <dl className="figures">
        {figures.map(([key, value, unit]) => (
          <div key={key} className="card">
            <dt className="quiet">{t(`month-${key}`)}</dt>
            <dd>
              <span className="figure-large figure">{value}</span> <span className="quiet">{unit}</span>
            </dd>
          </div>
        ))}
      </dl>
      <div className="halves">
        <Section title={t("month-verdicts")}>
          <ul className="bars">
            {VERDICTS.map((verdict, index) => {
              const count = month.verdicts[index] ?? 0;
              return (
                <Bar
                  key={verdict}
                  tone={VERDICT_TONE[verdict]}
                  share={judged === 0 ? 0 : count / judged}
                  value={`${count}`}
                >
                  <Mark tone={VERDICT_TONE[verdict]}>{t(`verdict-${verdict}`)}</Mark>
                </Bar>
              );
            })}
          </ul>
        </Section>
        <Section title={t("month-problems")}>
          {month.problems.length === 0 ? (
            <EmptyState title={t("month-no-problems")} />
          ) : (
            <ol className="bars">
              {month.problems.slice(0, 5).map(({ code, title, count }) => (
                <Bar
                  key={code}
                  tone="info"
                  share={month.received === 0 ? 0 : count / month.received}
                  value={`${count}`}
                >
                  {say(title)} <code className="code">{code}</code>
                </Bar>
              ))}
            </ol>
          )}
        </Section>
      </div>
      <ParkRates rates={month.park} />
      <Section title={t("month-definition")}>
        <p>{say(month.definition)}</p>
        <p>{say(month.park.definition)}</p>
      </Section>
    </>
  );
}

interface BarProps {
  tone: string;
  share: number;
  value: string;
  children: ReactNode;
}

function Bar({ tone, share, value, children }: BarProps) {
  return (
    <li className="bar">
      <span>{children}</span>
      <strong className="figure">{value}</strong>
      <span className="bar-track" aria-hidden>
        <span
          className="bar-fill"
          style={{ width: `${Math.min(100, share * 100)}%`, background: `var(--${tone}-text)` }}
        />
      </span>
    </li>
  );
}
