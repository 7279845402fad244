import { Button, Checkbox } from "antd";
import { useState } from "react";
import type { OwedLine, SettlementLine } from "../../gen/wire";
import { Section, TableScroll } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { CivilDate, Data, Instant } from "../../parts/values";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { SettlementMark } from "./marks";
import { Reasoned } from "./Reasoned";

/** 兑付: what funds owe, and the requests of both directions. */
export function Settlements({ settlements, owed }: { settlements: SettlementLine[]; owed: OwedLine[] }) {
  const { t } = useText();
  const settle = useAct("vouchers.settle");
  const [answering, setAnswering] = useState<{ line: SettlementLine; paid: boolean } | null>(null);
  return (
    <Section title={t("settlements")}>
      <div className="stack">
        {settle.error && <RefusalAlert refusal={settle.error.refusal} />}
        {owed.map(({ fund, amount, count }) => (
          <div key={fund} className="voucher-owed">
            <span>
              {t("settlement-owed", { count })} <strong className="figure">{amount}</strong>
              <br />
              <span className="quiet">
                {t("voucher-part-fund")} <Data>{fund}</Data>
              </span>
            </span>
            <Button
              loading={settle.isPending && settle.variables.id === fund}
              onClick={() => settle.mutate({ id: fund })}
            >
              {t("settlement-ask")}
            </Button>
          </div>
        ))}
        {settlements.length === 0 && owed.length === 0 && <p className="quiet">{t("settlements-none")}</p>}
        {settlements.length > 0 && (
          <TableScroll name={t("settlements")}>
            <table className="plain voucher-table">
              <thead>
                <tr>
                  <th scope="col">{t("settlement-at")}</th>
                  <th scope="col">{t("settlement-with")}</th>
                  <th scope="col" className="end">
                    {t("voucher-sum")}
                  </th>
                  <th scope="col">{t("settlement-parts")}</th>
                  <th scope="col">{t("voucher-state")}</th>
                  <th scope="col">{t("sync-do")}</th>
                </tr>
              </thead>
              <tbody>
                {settlements.map((line) => (
                  <Row key={line.id} line={line} onAnswer={(paid) => setAnswering({ line, paid })} />
                ))}
              </tbody>
            </table>
          </TableScroll>
        )}
      </div>
      {answering && <Answer {...answering} onClose={() => setAnswering(null)} />}
    </Section>
  );
}

function Row({ line, onAnswer }: { line: SettlementLine; onAnswer: (paid: boolean) => void }) {
  const { t } = useText();
  const open = !line.made && line.state === "waiting";
  return (
    <tr>
      <td>
        <Instant at={line.at} />
      </td>
      <td>
        {t(line.made ? "settlement-made" : "settlement-received")}
        <br />
        <Data>{line.other}</Data>
      </td>
      <td className="end figure">{line.amount}</td>
      <td>
        <ul className="voucher-parts">
          {line.parts.map(({ voucher, amount }) => (
            <li key={voucher}>
              <Data>{voucher}</Data> <span className="figure">{amount}</span>
            </li>
          ))}
        </ul>
      </td>
      <td>
        <SettlementMark state={line.state} />
        {line.said && (
          <p className="quiet">
            <Data>{line.said}</Data>
          </p>
        )}
        {line.day && <CivilDate date={line.day} />}
      </td>
      <td>
        {open && (
          <span className="row nowrap">
            <Button size="small" onClick={() => onAnswer(true)}>
              {t("settlement-pay")}
            </Button>
            <Button size="small" type="text" onClick={() => onAnswer(false)}>
              {t("settlement-return")}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}

function Answer({ line, paid, onClose }: { line: SettlementLine; paid: boolean; onClose: () => void }) {
  const { t } = useText();
  const act = useAct("vouchers.answer");
  const [looked, setLooked] = useState(false);
  const answer = (words: string) =>
    act.mutate(
      { id: line.id, paid: paid ? words : null, looked, returned: paid ? null : words },
      { onSuccess: onClose },
    );
  return (
    <Reasoned
      title={t(paid ? "settlement-pay" : "settlement-return")}
      action={t(paid ? "settlement-pay" : "settlement-return")}
      label={t(paid ? "settlement-reference" : "voucher-reason")}
      danger={!paid}
      busy={act.isPending}
      error={act.error}
      onConfirm={answer}
      onClose={onClose}
    >
      <p>
        <Data>{line.other}</Data> · <strong className="figure">{line.amount}</strong>
      </p>
      <p>{t(paid ? "settlement-pay-means" : "settlement-return-means")}</p>
      {paid && line.look && (
        <>
          <RefusalAlert refusal={line.look} />
          <Checkbox checked={looked} onChange={({ target }) => setLooked(target.checked)}>
            {t("settlement-looked")}
          </Checkbox>
        </>
      )}
    </Reasoned>
  );
}
