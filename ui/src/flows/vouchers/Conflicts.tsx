import { Button } from "antd";
import { useState } from "react";
import type { ConflictLine, ReceiptLine, VoucherPage } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { Facts, Section } from "../../parts/page";
import { CivilDate, Data, Instant } from "../../parts/values";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { Reasoned } from "./Reasoned";

/** 重复核销: what did not fit beside what was redeemed before it, for the fund to decide. */
export function Conflicts({ page }: { page: VoucherPage }) {
  const { t } = useText();
  const [deciding, setDeciding] = useState<{ line: ConflictLine; accepted: boolean } | null>(null);
  const fund = page.line.part === "fund";
  return (
    <Section title={t("conflicts")}>
      <div className="stack">
        <p className="quiet">{t(fund ? "conflicts-lead-fund" : "conflicts-lead")}</p>
        {page.conflicts.map((line) => (
          <div key={line.id} className="voucher-sides">
            <Other line={line} onDecide={fund ? (accepted) => setDeciding({ line, accepted }) : null} />
            <Before receipts={page.receipts} free={page.line.free} />
          </div>
        ))}
      </div>
      {deciding && <Decide id={page.line.id} {...deciding} onClose={() => setDeciding(null)} />}
    </Section>
  );
}

function Other({ line, onDecide }: { line: ConflictLine; onDecide: ((accepted: boolean) => void) | null }) {
  const { t, say } = useText();
  const open = line.accepted === null;
  return (
    <article className="voucher-side">
      <h3>
        {t("conflict-asked")} <span className="figure">{line.amount}</span>
      </h3>
      <div className="stack">
        <Mark tone={open ? "warning" : line.accepted ? "pass" : "fail"}>
          {t(open ? "redemption-conflicted" : line.accepted ? "conflict-accepted" : "conflict-rejected")}
        </Mark>
        <Facts
          rows={[
            [t("voucher-part-redeemer"), <Data key="who">{line.redeemer}</Data>],
            [
              t("redemption-what"),
              <span key="what">
                <Data>{line.kind}</Data> · <CivilDate date={line.day} />
              </span>,
            ],
            [t("conflict-made"), <Instant key="made" at={line.made} />],
            [t("conflict-why"), say(line.why.fact)],
          ]}
        />
        {line.reason && (
          <p className="quiet">
            {t("voucher-reason")} · <Data>{line.reason}</Data>
          </p>
        )}
        {open && onDecide && (
          <span className="row">
            <Button onClick={() => onDecide(true)}>{t("conflict-accept")}</Button>
            <Button danger onClick={() => onDecide(false)}>
              {t("conflict-reject")}
            </Button>
          </span>
        )}
      </div>
    </article>
  );
}

function Before({ receipts, free }: { receipts: ReceiptLine[]; free: string }) {
  const { t } = useText();
  return (
    <article className="voucher-side">
      <h3>{t("conflict-before")}</h3>
      {receipts.length === 0 && <p className="quiet">{t("conflict-before-none")}</p>}
      <ul className="voucher-choices">
        {receipts.map((row) => (
          <li key={row.id}>
            <span>
              <Instant at={row.at} />
              <br />
              <span className="quiet">
                <Data>{row.redeemer}</Data>
              </span>
            </span>
            <strong className="figure">{row.amount}</strong>
          </li>
        ))}
      </ul>
      <p>
        {t("voucher-free")} <strong className="figure">{free}</strong>
      </p>
    </article>
  );
}

function Decide({
  id,
  line,
  accepted,
  onClose,
}: {
  id: string;
  line: ConflictLine;
  accepted: boolean;
  onClose: () => void;
}) {
  const { t } = useText();
  const act = useAct("vouchers.decide");
  return (
    <Reasoned
      title={t(accepted ? "conflict-accept" : "conflict-reject")}
      action={t(accepted ? "conflict-accept" : "conflict-reject")}
      danger={!accepted}
      busy={act.isPending}
      error={act.error}
      onConfirm={(reason) => act.mutate({ id, conflict: line.id, accepted, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <Data>{line.redeemer}</Data> · <strong className="figure">{line.amount}</strong>
      </p>
      <p>{t(accepted ? "conflict-accept-means" : "conflict-reject-means")}</p>
    </Reasoned>
  );
}
