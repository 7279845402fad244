import { ImportOutlined, TeamOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import type { ImportedTrust, TrustPage as Trust } from "../../gen/wire";
import { isTrust, maybeFolder } from "../../parts/kinds";
import { AlarmIcon } from "../../parts/marks";
import { EmptyState, Facts, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Age, Data, Instant } from "../../parts/values";
import { useArrived, useRoute } from "../../route";
import { useAsk, useHost } from "../../rpc";
import { useDropTarget } from "../../shell/drop";
import { useText } from "../../text";
import { ConfirmRoot } from "./ConfirmRoot";
import { Fingerprint } from "./Fingerprint";
import { Disabled, Lists, Packs } from "./parts";
import { useImport } from "./useImport";
import "./trust.css";

const ENDINGS = ["zztrust"];

/** Whether a path may be trust data: a package by its ending, or a folder, which has none. */
const maybeTrust = (path: string) => isTrust(path) || maybeFolder(path);

/** 信任数据: how old what is known is, on which root it rests, by which rules it judges; and how newer data come in. */
export function TrustPage({ from }: { from: string | null }) {
  const { t } = useText();
  const host = useHost();
  const { go } = useRoute();
  const asked = useAsk("trust.page", {});
  const importing = useImport();
  const { begin, asking } = importing;
  useArrived(from, begin);
  const chooseFile = async () => {
    const path = await host.chooseFile(t("trust-import"), [{ name: t("kind-trust"), extensions: ENDINGS }]);
    if (path) begin(path);
  };
  const chooseFolder = async () => {
    const path = await host.chooseFolder(t("trust-import-folder"));
    if (path) begin(path);
  };
  useDropTarget((paths) => {
    const path = paths.find(maybeTrust);
    if (path) begin(path);
    return path !== undefined;
  });
  const page = asked.data;
  const summary = page?.summary;
  const buttons = {
    primary: (
      <Button
        type="primary"
        icon={<ImportOutlined aria-hidden />}
        loading={importing.busy}
        onClick={() => void chooseFile()}
      >
        {t("trust-import")}
      </Button>
    ),
    extra: <Button onClick={() => void chooseFolder()}>{t("trust-import-folder")}</Button>,
  };
  return (
    <div className="page">
      <PageHeader title={t("trust-menu")} lead={t("trust-lead")} {...(summary?.present ? buttons : {})} />
      {importing.error && <RefusalAlert refusal={importing.error.refusal} />}
      {importing.done && <Imported imported={importing.done} />}
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {summary && !summary.present && (
        <Section>
          <EmptyState
            icon={<ImportOutlined aria-hidden />}
            title={t("trust-nothing")}
            hint={t("trust-nothing-hint")}
            action={
              <>
                {buttons.primary}
                {buttons.extra}
              </>
            }
          />
        </Section>
      )}
      {page && summary?.present && (
        <>
          <Summary page={page} onIssuers={() => go({ page: "issuers" })} />
          {page.disabled.length > 0 && <Disabled provinces={page.disabled} />}
          <Packs packs={page.packs} />
          <Lists lists={page.status_lists} />
        </>
      )}
      {asking && (
        <ConfirmRoot
          {...asking}
          busy={importing.busy}
          onConfirm={importing.confirm}
          onClose={importing.close}
        />
      )}
    </div>
  );
}

function Summary({ page, onIssuers }: { page: Trust; onIssuers: () => void }) {
  const { t } = useText();
  const { summary } = page;
  return (
    <Section
      title={t("trust-as-of")}
      extra={
        <Button size="small" icon={<TeamOutlined aria-hidden />} onClick={onIssuers}>
          {t("trust-issuers-count", { count: summary.issuers })}
        </Button>
      }
    >
      <div className="stack">
        <p className={`trust-age ${summary.expired ? "warning" : ""}`}>
          {summary.expired && <AlarmIcon aria-hidden />}
          <strong>
            <Instant at={summary.timestamp} />
          </strong>
          <span>
            <Age seconds={summary.age_seconds} />
          </span>
        </p>
        {summary.expired && <Alert type="warning" showIcon title={t("trust-old")} />}
        <Facts
          rows={[
            [t("trust-refresh-by"), <Instant key="by" at={summary.refresh_by} />],
            [t("trust-imported-at"), <Instant key="at" at={page.imported_at} />],
            [t("trust-source"), page.source ? <Data key="source">{page.source}</Data> : "—"],
            [t("trust-packs"), t("trust-packs-count", { count: summary.rule_packs })],
          ]}
        />
        {summary.root && (
          <div>
            <h3 className="trust-root">{t("trust-root")}</h3>
            <p className="quiet">{t("trust-root-hint")}</p>
            <Fingerprint value={summary.root} />
          </div>
        )}
      </div>
    </Section>
  );
}

/** What an import did: nothing passes by unseen, moved verdicts least of all. */
function Imported({ imported }: { imported: ImportedTrust }) {
  const { t } = useText();
  const { go } = useRoute();
  const { rejudged, moved, summary } = imported;
  return (
    <Alert
      type={moved > 0 ? "warning" : "success"}
      showIcon
      role="status"
      title={t("trust-imported")}
      description={
        <>
          <p>
            {t("trust-as-of")} <Instant at={summary.timestamp} />
            {rejudged > 0 && <> · {t("trust-rejudged", { count: rejudged })}</>}
            {moved > 0 && <> · {t("trust-moved", { count: moved })}</>}
          </p>
          {moved > 0 && (
            <Button size="small" onClick={() => go({ page: "notices" })}>
              {t("trust-see-moved")}
            </Button>
          )}
        </>
      }
    />
  );
}
