import { AccountBookOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import type { VoucherLine } from "../../gen/wire";
import { Busy } from "../../parts/Busy";
import { EmptyState, PageHeader, Section, TableScroll } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { CivilDate, Data, Instant } from "../../parts/values";
import { useRoute } from "../../route";
import { useAsk, usePages } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { AskLedger } from "./AskLedger";
import { Enter } from "./Enter";
import { Ledgers } from "./Ledgers";
import { VoucherMark } from "./marks";
import { Settlements } from "./Settlements";
import { StatementButton } from "./StatementButton";
import "./vouchers.css";

const rowsOf = ({ vouchers }: { vouchers: VoucherLine[] }) => vouchers;

/** 创新券: the vouchers of this desk, what is owed and asked for, and the ledgers that can be asked. */
export function VouchersPage() {
  const { t } = useText();
  const accounts = useAsk("vouchers.accounts", {});
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
      <List firm={firm} />
      {accounts.error && (
        <RefusalAlert refusal={accounts.error.refusal} again={() => void accounts.refetch()} />
      )}
      {accounts.data && !firm && (
        <Settlements settlements={accounts.data.settlements} owed={accounts.data.owed} />
      )}
      {accounts.data && <Ledgers ledgers={accounts.data.ledgers} />}
      {asking && <AskLedger onClose={() => setAsking(false)} />}
      {entering && <Enter onClose={() => setEntering(false)} />}
    </div>
  );
}

/** The vouchers, the newest first; one is found by the beginning of its number or of a code. */
function List({ firm }: { firm: boolean }) {
  const { t } = useText();
  const [text, setText] = useState("");
  const { rows, more, whole, first, query, anew } = usePages("vouchers.list", { text }, rowsOf);
  if (query.error) return <RefusalAlert refusal={query.error.refusal} again={() => void query.refetch()} />;
  const none = rows.length === 0 && text === "";
  return (
    <Section
      title={t("vouchers-list")}
      extra={
        !none && (
          <Input.Search
            className="voucher-search"
            aria-label={t("vouchers-text")}
            placeholder={t("vouchers-text")}
            enterButton={<Button>{t("search")}</Button>}
            allowClear
            onSearch={(typed) => {
              const next = typed.trim();
              setText(next);
              anew({ text: next });
            }}
          />
        )
      }
    >
      {!first && <Busy />}
      {first && rows.length === 0 && (
        <EmptyState
          icon={<AccountBookOutlined aria-hidden />}
          title={t(none ? "vouchers-none" : "vouchers-none-found")}
          hint={none ? t(firm ? "vouchers-none-firm" : "vouchers-none-hint") : undefined}
        />
      )}
      {rows.length > 0 && (
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
              {rows.map((line) => (
                <Row key={line.id} line={line} />
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {!whole && rows.length > 0 && (
        <Button loading={query.isFetching} onClick={more}>
          {t("vouchers-more")}
        </Button>
      )}
    </Section>
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
        {line.seen ? line.free : "—"}
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
