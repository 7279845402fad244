import { Alert, Button, Input, Modal } from "antd";
import { useId, useState } from "react";
import type { AfterRestore as Open } from "../gen/wire";
import { useAct, useAsk, useHost } from "../rpc";
import { useText } from "../text";
import { Field } from "./page";
import { RefusalAlert } from "./refusal";
import { Data, Instant } from "./values";

/** By which everything that waits for this refuses. */
const CODE = "STATUS-RESTORED";

/** What is open since the database came from a backup: status lists that wait until they were settled. */
export function AfterRestore() {
  const { t } = useText();
  const asked = useAsk("issue.after_restore", {});
  const [settling, setSettling] = useState(false);
  const open = asked.data;
  if (asked.error) return <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />;
  return (
    <>
      {open && open.lists.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("restored-lists", { count: open.lists.length })}
          description={
            <>
              <p>{t("restored-lists-means")}</p>
              <code>{CODE}</code>
            </>
          }
          action={<Button onClick={() => setSettling(true)}>{t("restored-settle")}</Button>}
        />
      )}
      {settling && open && <Settle open={open} onClose={() => setSettling(false)} />}
    </>
  );
}

/** 核对吊销名单: the file that was exported last, or the statement that there is nothing newer. */
function Settle({ open, onClose }: { open: Open; onClose: () => void }) {
  const { t } = useText();
  const host = useHost();
  const id = useId();
  const act = useAct("issue.settle");
  const [reason, setReason] = useState("");
  const file = async () => {
    const kind = { name: t("kind-status-list"), extensions: ["jwt"] };
    const path = await host.chooseFile(t("restored-file"), [kind]);
    if (path) act.mutate({ path, reason: null });
  };
  const settled = open.lists.length === 0;
  return (
    <Modal open title={t("restored-settle")} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <div className="stack">
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        {settled ? (
          <Alert type="success" showIcon role="status" title={t("restored-settled")} />
        ) : (
          <>
            <p>{t("restored-why")}</p>
            <ul>
              {open.lists.map((list) => (
                <li key={list.uri}>
                  <Data>{list.uri}</Data>
                  <br />
                  <span className="quiet">
                    {t("restored-known", { count: list.not_valid })}{" "}
                    {list.known_until && <Instant at={list.known_until} />}
                  </span>
                </li>
              ))}
            </ul>
            <p>
              <Button type="primary" loading={act.isPending} onClick={() => void file()}>
                {t("restored-file")}
              </Button>
            </p>
            <p>{t("restored-nothing-means")}</p>
            <Field label={t("restored-reason")} id={id} help={t("restored-reason-example")}>
              <Input id={id} value={reason} onChange={({ target }) => setReason(target.value)} />
            </Field>
            <p>
              <Button
                danger
                disabled={reason.trim() === ""}
                loading={act.isPending}
                onClick={() => act.mutate({ path: null, reason })}
              >
                {t("restored-nothing")}
              </Button>
            </p>
          </>
        )}
      </div>
    </Modal>
  );
}
