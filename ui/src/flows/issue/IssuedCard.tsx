import { CloseOutlined } from "@ant-design/icons";
import { Button, Drawer, Input, Space } from "antd";
import { type ReactNode, useId, useState } from "react";
import type { CredentialStatus, IssuedLine } from "../../gen/wire";
import { AfterRestore, useUnsettled } from "../../parts/AfterRestore";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { ListName } from "../../parts/ListName";
import { Named } from "../../parts/Named";
import { EmptyState, Facts, Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, Instant } from "../../parts/values";
import { WrittenNote } from "../../parts/written";
import { useAct, useAsk, useHost } from "../../rpc";
import { useText } from "../../text";
import { useSend } from "../sync/useSend";
import { ListNotice } from "./ListNotice";
import { StatusMark } from "./marks";

/** The statuses that a credential can be given; revoked and ended are final (formats.md §2). */
const NEXT: Record<CredentialStatus, CredentialStatus[]> = {
  valid: ["suspended", "revoked", "ended"],
  suspended: ["valid", "revoked", "ended"],
  revoked: [],
  ended: [],
};

/** An issued credential: what it says, its status, and its file again. */
export function IssuedCard({ line, onClose }: { line: IssuedLine; onClose: () => void }) {
  const { t, say } = useText();
  const host = useHost();
  const asked = useAsk("issue.get", { id: line.id });
  const exporting = useAct("issue.export");
  const send = useSend("credential");
  const [now, setNow] = useState(line);
  const { status } = now;
  const unsettled = useUnsettled()(line);
  const [next, setNext] = useState<CredentialStatus | null>(null);
  const save = async () => {
    const folder = await host.chooseFolder(t("issue-folder"));
    if (folder) exporting.mutate({ ids: [line.id], folder });
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size="large"
      closable={{ "aria-label": t("close"), closeIcon: <CloseOutlined aria-hidden /> }}
      title={say(line.title)}
      extra={
        <Space wrap>
          {status === "valid" && !unsettled && send.button([line.id])}
          <Button loading={exporting.isPending} onClick={() => void save()}>
            {t("issued-save-again")}
          </Button>
        </Space>
      }
    >
      <div className="stack">
        <p>
          <strong>
            <Data>{line.firm_name}</Data>
          </strong>
          <br />
          <StatusMark status={status} unsettled={unsettled} />
        </p>
        {unsettled && <AfterRestore />}
        {now.changed && (
          <Facts
            rows={[
              [t("issued-changed"), <Instant key="at" at={now.changed} />],
              [t("issued-reason"), <Data key="why">{now.reason ?? ""}</Data>],
            ]}
          />
        )}
        {now.changed && <ListNotice />}
        {send.note}
        {exporting.error && <RefusalAlert refusal={exporting.error.refusal} />}
        {exporting.data && <WrittenNote written={exporting.data} />}
        {asked.error && <RefusalAlert refusal={asked.error.refusal} />}
        {asked.isPending && <EmptyState title={t("loading")} />}
        {asked.data && (
          <Facts
            rows={[
              ...asked.data.lines.map(({ label, value }): [string, ReactNode] => [
                say(label),
                <Named key="v">{value}</Named>,
              ]),
              [t("issued-list"), <Place key="l" line={line} />],
            ]}
          />
        )}
        {NEXT[status].length > 0 && unsettled ? null : NEXT[status].length > 0 ? (
          <Space wrap>
            {NEXT[status].map((value) => (
              <Button
                key={value}
                danger={value === "revoked" || value === "ended"}
                onClick={() => setNext(value)}
              >
                {t(`issued-set-${value}`)}
              </Button>
            ))}
          </Space>
        ) : (
          <p className="quiet">{t("issued-final")}</p>
        )}
      </div>
      {next && <SetStatus line={line} status={next} onClose={() => setNext(null)} onSet={setNow} />}
    </Drawer>
  );
}

/** Where its status stands: which list, and which place in it. */
function Place({ line: { status_list, status_place } }: { line: IssuedLine }) {
  const { t } = useText();
  if (status_list === null) return "—";
  return (
    <>
      <ListName uri={status_list} />
      {status_place !== null && (
        <span className="quiet"> · {t("issued-list-place", { place: status_place })}</span>
      )}
    </>
  );
}

function SetStatus({
  line,
  status,
  onClose,
  onSet,
}: {
  line: IssuedLine;
  status: CredentialStatus;
  onClose: () => void;
  onSet: (line: IssuedLine) => void;
}) {
  const { t, say } = useText();
  const id = useId();
  const [reason, setReason] = useState("");
  const act = useAct("issue.set_status");
  const final = status === "revoked" || status === "ended";
  return (
    <ConfirmPassphrase
      open
      danger={final}
      title={t(`issued-set-${status}-title`, {
        number: line.number ?? say(line.title),
        firm: line.firm_name,
      })}
      action={t(`issued-set-${status}`)}
      onConfirm={async (passphrase) => {
        const { credentials } = await act.mutateAsync({ ids: [line.id], status, reason, passphrase });
        onSet(credentials[0] ?? { ...line, status, reason });
      }}
      ready={reason.trim() !== ""}
      first={id}
      onClose={onClose}
    >
      <div className="stack">
        <p>{t(final ? "issued-set-final" : "issued-set-again")}</p>
        <Field label={t("issued-reason")} id={id} required>
          <Input id={id} autoFocus value={reason} onChange={({ target }) => setReason(target.value)} />
        </Field>
      </div>
    </ConfirmPassphrase>
  );
}
