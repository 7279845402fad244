import { Alert, Button } from "antd";
import { useState } from "react";
import type { RedemptionLine, VoucherHold, VoucherPage } from "../../gen/wire";
import { Busy } from "../../parts/Busy";
import { EmptyState, Facts, PageHeader, Section, TableScroll } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { CivilDate, Data, FilePath, Instant } from "../../parts/values";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import { useRegionName } from "../trust/regions";
import { Conflicts } from "./Conflicts";
import { Hold } from "./Hold";
import { HoldMark, RedemptionMark, VoucherMark } from "./marks";
import { Reasoned } from "./Reasoned";
import { Redeem } from "./Redeem";
import "./vouchers.css";

/** One voucher: what is left of it, what was done, and what can be done. */
export function VoucherPageView({ id }: { id: string }) {
  const { t } = useText();
  const asked = useAsk("vouchers.page", { id });
  return (
    <div className="page">
      {asked.data ? (
        <Shown page={asked.data} />
      ) : (
        <>
          <PageHeader title={t("voucher")} lead={<Data>{id}</Data>} />
          {asked.error ? (
            <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />
          ) : (
            <Busy />
          )}
        </>
      )}
    </div>
  );
}

function Shown({ page }: { page: VoucherPage }) {
  const { t } = useText();
  const { line } = page;
  const [redeeming, setRedeeming] = useState<VoucherHold | true | null>(null);
  const [holding, setHolding] = useState(false);
  const [revoking, setRevoking] = useState(false);
  const ask = useAct("vouchers.ask");
  const usable = line.state === "open" && line.part === "redeemer";
  return (
    <>
      <PageHeader
        title={t("voucher")}
        lead={<Data>{line.id}</Data>}
        extra={
          <>
            <Button loading={ask.isPending} onClick={() => ask.mutate({ id: line.id, fund: line.fund })}>
              {t("voucher-refresh")}
            </Button>
            {usable && <Button onClick={() => setHolding(true)}>{t("voucher-hold")}</Button>}
            {line.part === "fund" && line.state !== "revoked" && (
              <Button danger onClick={() => setRevoking(true)}>
                {t("voucher-revoke")}
              </Button>
            )}
          </>
        }
        primary={
          usable && (
            <Button type="primary" onClick={() => setRedeeming(true)}>
              {t("voucher-redeem")}
            </Button>
          )
        }
      />
      {ask.error && <RefusalAlert refusal={ask.error.refusal} />}
      <Standing page={page} />
      {page.conflicts.length > 0 && <Conflicts page={page} />}
      {line.part === "redeemer" && <Redemptions page={page} />}
      {page.holds.length > 0 && <Holds page={page} onRedeem={setRedeeming} />}
      {line.part !== "redeemer" && <Receipts page={page} />}
      {redeeming && (
        <Redeem page={page} hold={redeeming === true ? null : redeeming} onClose={() => setRedeeming(null)} />
      )}
      {holding && <Hold line={line} onClose={() => setHolding(false)} />}
      {revoking && <Revoke id={line.id} onClose={() => setRevoking(false)} />}
    </>
  );
}

function Standing({ page }: { page: VoucherPage }) {
  const { t } = useText();
  const regionName = useRegionName();
  const { line } = page;
  const list = (values: string[], none: string) =>
    values.length === 0 ? none : <Data>{values.join(t("list-comma"))}</Data>;
  return (
    <Section title={<VoucherMark state={line.state} />}>
      <div className="stack">
        {page.revoked && (
          <Alert
            type="error"
            showIcon
            title={t("voucher-revoked")}
            description={<Data>{page.revoked}</Data>}
          />
        )}
        {!line.seen && (
          <Alert
            type="warning"
            showIcon
            title={t("voucher-never-seen")}
            description={t("voucher-never-seen-means")}
          />
        )}
        {line.provisional && (
          <Alert
            type="info"
            showIcon
            title={t("voucher-provisional", { amount: line.provisional })}
            description={t("voucher-provisional-means")}
          />
        )}
        <dl className="voucher-figures figure">
          <div>
            <dt>{t("voucher-amount")}</dt>
            <dd>{line.amount}</dd>
          </div>
          <div>
            <dt>{t("voucher-spent")}</dt>
            <dd>{page.spent ?? "—"}</dd>
          </div>
          <div>
            <dt>{t("voucher-held")}</dt>
            <dd>{page.held ?? "—"}</dd>
          </div>
          <div>
            <dt>{t("voucher-free")}</dt>
            <dd>{line.seen ? line.free : "—"}</dd>
          </div>
        </dl>
        <Facts
          rows={[
            [t("voucher-seen"), line.seen ? <Instant key="at" at={line.seen} /> : t("voucher-never-seen")],
            [t("voucher-part"), t(`voucher-part-${line.part}`)],
            [
              t("voucher-part-fund"),
              <span key="fund">
                {line.fund_name && <Data>{line.fund_name}</Data>} <Data>{line.fund}</Data>
              </span>,
            ],
            [t("voucher-part-firm"), <Data key="firm">{line.firm}</Data>],
            [
              t("voucher-validity"),
              <span key="days">
                <CivilDate date={line.from} /> – <CivilDate date={line.until} />
              </span>,
            ],
            [t("voucher-kinds"), list(page.kinds, "—")],
            [
              t("voucher-regions"),
              list(
                page.regions.map((prefix) => regionName(prefix.padEnd(6, "0"))),
                t("voucher-everywhere"),
              ),
            ],
            [t("voucher-redeemers"), list(page.redeemers, t("voucher-everybody"))],
          ]}
        />
      </div>
    </Section>
  );
}

function Redemptions({ page }: { page: VoucherPage }) {
  const { t } = useText();
  const [leaving, setLeaving] = useState<RedemptionLine | null>(null);
  return (
    <Section title={t("redemptions")}>
      {page.redemptions.length === 0 ? (
        <EmptyState title={t("redemptions-none")} hint={t("redemptions-none-hint")} />
      ) : (
        <TableScroll name={t("redemptions")}>
          <table className="plain voucher-table">
            <thead>
              <tr>
                <th scope="col">{t("redemption-made")}</th>
                <th scope="col" className="end">
                  {t("voucher-sum")}
                </th>
                <th scope="col">{t("redemption-what")}</th>
                <th scope="col">{t("voucher-state")}</th>
                <th scope="col">{t("sync-do")}</th>
              </tr>
            </thead>
            <tbody>
              {page.redemptions.map((row) => (
                <tr key={row.key}>
                  <td>
                    <Instant at={row.made} />
                  </td>
                  <td className="end figure">{row.amount}</td>
                  <td>
                    <Data>{row.kind}</Data> · <CivilDate date={row.day} />
                    <br />
                    <FilePath path={row.document} />
                    {row.same_document && <p className="quiet">{t("redemption-same-document")}</p>}
                  </td>
                  <td>
                    <RedemptionMark state={row.state} />
                    {row.redeemed && (
                      <p className="quiet">
                        {t("redemption-at")} <Instant at={row.redeemed} />
                      </p>
                    )}
                    {row.why && row.state !== "redeemed" && <Why row={row} />}
                    {row.reason && (
                      <p className="quiet">
                        {t("voucher-reason")} · <Data>{row.reason}</Data>
                      </p>
                    )}
                  </td>
                  <td>
                    {row.withdrawable && (
                      <Button
                        size="small"
                        type="text"
                        aria-label={t("redemption-withdraw-one", { amount: row.amount })}
                        onClick={() => setLeaving(row)}
                      >
                        {t("redemption-withdraw")}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {leaving && <Withdraw id={page.line.id} row={leaving} onClose={() => setLeaving(null)} />}
    </Section>
  );
}

function Why({ row }: { row: RedemptionLine }) {
  const { say } = useText();
  return (
    row.why && (
      <p className="quiet sync-why">
        {say(row.why.fact)} {say(row.why.advice)}
      </p>
    )
  );
}

function Holds({ page, onRedeem }: { page: VoucherPage; onRedeem: (hold: VoucherHold) => void }) {
  const { t } = useText();
  const [closing, setClosing] = useState<VoucherHold | null>(null);
  const release = useAct("vouchers.release");
  const { line } = page;
  return (
    <Section title={t("voucher-holds")}>
      <div className="stack">
        {release.error && <RefusalAlert refusal={release.error.refusal} />}
        <ul className="voucher-choices">
          {page.holds.map((hold) => (
            <li key={hold.id ?? hold.until}>
              <span>
                <span className="row">
                  <strong className="figure">{hold.amount}</strong> <HoldMark state={hold.state} />
                </span>
                <span className="quiet">
                  {t("voucher-hold-until")} <Instant at={hold.until} />{" "}
                  {!hold.own && (
                    <>
                      · <Data>{hold.redeemer}</Data>
                    </>
                  )}{" "}
                  {hold.reason && (
                    <>
                      · <Data>{hold.reason}</Data>
                    </>
                  )}
                </span>
              </span>
              {hold.state === "open" && (
                <span className="row nowrap">
                  {hold.own && line.part === "redeemer" && (
                    <>
                      <Button size="small" onClick={() => onRedeem(hold)}>
                        {t("voucher-redeem-hold")}
                      </Button>
                      <Button
                        size="small"
                        type="text"
                        loading={release.isPending}
                        onClick={() => release.mutate({ id: line.id, of: hold.id ?? "", reason: "" })}
                      >
                        {t("voucher-release")}
                      </Button>
                    </>
                  )}
                  {line.part === "fund" && hold.over && (
                    <Button size="small" onClick={() => setClosing(hold)}>
                      {t("voucher-close-hold")}
                    </Button>
                  )}
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
      {closing && <CloseHold id={line.id} hold={closing} onClose={() => setClosing(null)} />}
    </Section>
  );
}

function Receipts({ page }: { page: VoucherPage }) {
  const { t } = useText();
  return (
    <Section title={t("receipts")}>
      {page.receipts.length === 0 ? (
        <p className="quiet">{t("receipts-none")}</p>
      ) : (
        <TableScroll name={t("receipts")}>
          <table className="plain voucher-table">
            <thead>
              <tr>
                <th scope="col">{t("receipt-seq")}</th>
                <th scope="col">{t("redemption-at")}</th>
                <th scope="col">{t("voucher-part-redeemer")}</th>
                <th scope="col" className="end">
                  {t("voucher-sum")}
                </th>
              </tr>
            </thead>
            <tbody>
              {page.receipts.map((row) => (
                <tr key={row.id}>
                  <td className="figure">{row.seq}</td>
                  <td>
                    <Instant at={row.at} />
                  </td>
                  <td>
                    <Data>{row.redeemer}</Data>
                  </td>
                  <td className="end figure">{row.amount}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </Section>
  );
}

function Withdraw({ id, row, onClose }: { id: string; row: RedemptionLine; onClose: () => void }) {
  const { t } = useText();
  const act = useAct("vouchers.withdraw");
  return (
    <Reasoned
      title={t("redemption-withdraw")}
      action={t("redemption-withdraw")}
      busy={act.isPending}
      error={act.error}
      onConfirm={(reason) => act.mutate({ id, of: row.key, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t("redemption-withdraw-means", { amount: row.amount })}</p>
    </Reasoned>
  );
}

function CloseHold({ id, hold, onClose }: { id: string; hold: VoucherHold; onClose: () => void }) {
  const { t } = useText();
  const act = useAct("vouchers.close_hold");
  return (
    <Reasoned
      title={t("voucher-close-hold")}
      action={t("voucher-close-hold")}
      busy={act.isPending}
      error={act.error}
      onConfirm={(reason) => act.mutate({ id, of: hold.id ?? "", reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t("voucher-close-hold-means")}</p>
    </Reasoned>
  );
}

function Revoke({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useText();
  const act = useAct("vouchers.revoke");
  return (
    <Reasoned
      title={t("voucher-revoke")}
      action={t("voucher-revoke")}
      danger
      busy={act.isPending}
      error={act.error}
      onConfirm={(reason) => act.mutate({ id, of: "", reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t("voucher-revoke-means")}</p>
    </Reasoned>
  );
}
