import { Alert, Button, Modal } from "antd";
import { useState } from "react";
import type { HeldLine, HeldMoved, HeldPage } from "../../gen/wire";
import { EmptyState, Facts, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, Instant, ProvenanceTag } from "../../parts/values";
import { useRoute } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import { Claims } from "../verify/Credentials";
import { DaysLeft, StandingMark, Until } from "./marks";

/** One held credential: how it stands, every claim, and what is known of its status. */
export function HeldPageView({ id }: { id: string }) {
  const { t } = useText();
  const asked = useAsk("hold.get", { id });
  if (asked.error)
    return (
      <div className="page">
        <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />
      </div>
    );
  if (!asked.data)
    return (
      <div className="page">
        <EmptyState title={t("loading")} />
      </div>
    );
  return <Shown page={asked.data} />;
}

function Shown({ page }: { page: HeldPage }) {
  const { t, say } = useText();
  const [removing, setRemoving] = useState(false);
  const { line, view } = page;
  return (
    <div className="page">
      <PageHeader
        title={say(line.title)}
        lead={line.number && <Data>{line.number}</Data>}
        extra={
          <Button danger onClick={() => setRemoving(true)}>
            {t("held-remove")}
          </Button>
        }
      />
      {line.moved && <BecameOther line={line} moved={line.moved} />}
      {line.remark && <Alert type="warning" showIcon title={say(line.remark)} />}
      {line.other_name && (
        <Alert
          type="info"
          showIcon
          title={t("held-other-name", { name: line.other_name })}
          description={t("held-other-name-hint")}
        />
      )}
      <Section title={t("held-standing")}>
        <Facts
          rows={[
            [t("held-standing"), <StandingMark key="s" line={line} />],
            [t("held-left"), <DaysLeft key="d" line={line} />],
            [t("held-until"), <Until key="u" line={line} prose />],
            [t("held-issuer"), <Data key="i">{line.issuer}</Data>],
            [t("held-provenance"), <ProvenanceTag key="p" of={line.provenance} />],
            [t("held-status"), page.status ? say(page.status) : t("held-status-none")],
          ]}
        />
      </Section>
      <Section title={t("held-claims")}>
        <Claims view={view} />
      </Section>
      {removing && <Remove page={page} onClose={() => setRemoving(false)} />}
    </div>
  );
}

/** What its issuer made of it since somebody looked; it stays until somebody says to have seen it. */
function BecameOther({ line, moved }: { line: HeldLine; moved: HeldMoved }) {
  const { t } = useText();
  const seen = useAct("hold.seen");
  return (
    <>
      <Alert
        type={line.standing === "valid" ? "info" : "warning"}
        showIcon
        role="alert"
        title={
          <>
            {t("held-moved", { from: t(`standing-${moved.from}`), to: t(`standing-${line.standing}`) })}{" "}
            <Instant at={moved.at} />
          </>
        }
        description={t(line.standing === "valid" ? "held-moved-back" : "held-moved-hint")}
        action={
          <Button size="small" loading={seen.isPending} onClick={() => seen.mutate({ id: line.id })}>
            {t("held-moved-seen")}
          </Button>
        }
      />
      {seen.error && <RefusalAlert refusal={seen.error.refusal} />}
    </>
  );
}

function Remove({ page, onClose }: { page: HeldPage; onClose: () => void }) {
  const { t, say } = useText();
  const { begin } = useRoute();
  const act = useAct("hold.remove");
  const { id, title, number } = page.line;
  return (
    <Modal
      open
      title={t("held-remove-title", { title: say(title), number: number ?? "" })}
      okText={t("held-remove")}
      cancelText={t("cancel")}
      okButtonProps={{ danger: true }}
      confirmLoading={act.isPending}
      onOk={() => act.mutate({ id }, { onSuccess: () => begin({ page: "held" }) })}
      onCancel={onClose}
    >
      <p>{t("held-remove-means")}</p>
      {act.error && <RefusalAlert refusal={act.error.refusal} />}
    </Modal>
  );
}
