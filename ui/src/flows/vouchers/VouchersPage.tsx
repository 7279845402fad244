import { AccountBookOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import type { VoucherLine, Vouchers } from "../../gen/wire";
import { Busy } from "../../parts/Busy";
import { EmptyState, PageHeader, Section, TableScroll } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { CivilDate, Data, Instant } from "../../parts/values";
import { useRoute } from "../../route";
import { useAsk } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { AskLedger } from "./AskLedger";
import { Enter } from "./Enter";
import { Ledgers } from "./Ledgers";
import { VoucherMark } from "./marks";
import { Settlements } from "./Settlements";
import { StatementButton } from "./StatementButton";
import "./vouchers.css";

/** 创新券: every voucher of this desk, what is owed and asked for, and the ledgers that can be asked. */
export function VouchersPage() {
  const { t } = useText();
  const asked = useAsk("vouchers.list", {});
  const [asking, setAsking] = useState(false);
  const [entering, setEntering] = useState(false);
  const { status } = useSession();
  const firm = status.profile?.role === "firm";
  return (
    <div className="page">
      <PageHeader
        title={t("vouchers-menu")}
        lead={t(firm ? "vouchers-lead-firm" : "vouchers-lead")}
        extra={
          <>
            <StatementButton />
            {!firm && <Button onClick={() => setEntering(true)}>{t("voucher-enter")}</Button>}
          </>
        }
        primary={
          <Button type="primary" onClick={() => setAsking(true)}>
            {t("voucher-ask")}
          </Button>
        }
      />
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {!asked.data && !asked.error && <Busy />}
      {asked.data && <Parts data={asked.data} firm={firm} />}
      {asking && <AskLedger onClose={() => setAsking(false)} />}
      {entering && <Enter onClose={() => setEntering(false)} />}
    </div>
  );
}

function Parts({ data, firm }: { data: Vouchers; firm: boolean }) {
  const { t } = useText();
  return (
    <>
      <Section title={t("vouchers-list")}>
        {data.vouchers.length === 0 ? (
          <EmptyState
            icon={<AccountBookOutlined aria-hidden />}
            title={t("vouchers-none")}
            hint={t(firm ? "vouchers-none-firm" : "vouchers-none-hint")}
          />
        ) : (
          <TableScroll name={t("vouchers-list")}>
            <table className="plain voucher-table">
              <thead>
                <tr>
                  <th scope="col">{t("voucher-number")}</th>
                  <th scope="col">{t("voucher-part")}</th>
                  <th scope="col" className="end">
                    {t("voucher-amount")}
                  </th>
                  <th scope="col" className="end">
                    {t("voucher-free")}
                  </th>
                  <th scope="col">{t("voucher-until")}</th>
                  <th scope="col">{t("voucher-state")}</th>
                  <th scope="col">{t("voucher-seen")}</th>
                </tr>
              </thead>
              <tbody>
                {data.vouchers.map((line) => (
                  <Row key={line.id} line={line} />
                ))}
              </tbody>
            </table>
          </TableScroll>
        )}
      </Section>
      {!firm && <Settlements settlements={data.settlements} owed={data.owed} />}
      <Ledgers ledgers={data.ledgers} />
    </>
  );
}

function Row({ line }: { line: VoucherLine }) {
  const { t } = useText();
  const { go } = useRoute();
  return (
    <tr>
      <td>
        <Button type="link" className="voucher-open" onClick={() => go({ page: "voucher", id: line.id })}>
          <Data>{line.id}</Data>
        </Button>
      </td>
      <td>{t(`voucher-part-${line.part}`)}</td>
      <td className="end figure">{line.amount}</td>
      <td className="end figure">
        {line.free}
        {line.provisional && (
          <p className="quiet">
            {t("redemption-provisional")} {line.provisional}
          </p>
        )}
      </td>
      <td>
        <CivilDate date={line.until} />
      </td>
      <td>
        <VoucherMark state={line.state} />
        {line.undecided > 0 && <p className="quiet">{t("voucher-undecided", { count: line.undecided })}</p>}
      </td>
      <td>{line.seen ? <Instant at={line.seen} /> : t("voucher-never-seen")}</td>
    </tr>
  );
}
