import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Input } from "antd";
import { useId, useState } from "react";
import { forgetForms } from "../../parts/keptForms";
import { isBackup } from "../../parts/kinds";
import { Field, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useKept, useRoute } from "../../route";
import { useAct, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useDropTarget } from "../../shell/drop";
import { useText } from "../../text";
import "./upkeep.css";

/** 从备份恢复: what will be replaced, by what, and that it was understood; then the secret of that day. */
export function RestorePage({ path: given }: { path: string | null }) {
  const { t } = useText();
  const host = useHost();
  const { status } = useSession();
  const { begin } = useRoute();
  const id = useId();
  const [path, setPath] = useKept<string | null>("restore-path", given);
  const [secret, setSecret] = useState("");
  const [understood, setUnderstood] = useState(false);
  const client = useQueryClient();
  const restore = useAct("upkeep.restore");
  const replaces = status.database !== "none";
  const ready = path !== null && secret !== "" && (understood || !replaces);
  const choose = async () => {
    const kind = { name: t("kind-backup"), extensions: ["zzbackup"] };
    const chosen = await host.chooseFile(t("upkeep-restore-choose"), [kind]);
    if (chosen) setPath(chosen);
  };
  useDropTarget((paths) => {
    const dropped = paths.find(isBackup);
    if (dropped) setPath(dropped);
    return dropped !== undefined;
  });
  const go = () => {
    if (!ready || path === null || restore.isPending) return;
    // This page may be gone by then: another database is open.
    restore.mutateAsync({ path, secret }).then(
      () => {
        forgetForms(client);
        begin({ page: "upkeep", restored: true, replaced: replaces });
      },
      () => setSecret(""),
    );
  };
  return (
    <form
      className="page restore"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <PageHeader title={t("upkeep-restore-title")} lead={t("upkeep-restore-lead")} />
      <Section>
        <div className="stack">
          {restore.error && <RefusalAlert refusal={restore.error.refusal} />}
          <div className="row">
            <Button onClick={() => void choose()}>{t("upkeep-restore-choose")}</Button>
            {path === null ? (
              <span className="quiet">{t("upkeep-restore-drop")}</span>
            ) : (
              <span>
                <Data>{path}</Data>
              </span>
            )}
          </div>
          <Field label={t("gate-secret")} id={id} required help={t("upkeep-secret-hint")}>
            <Input.Password
              id={id}
              className="restore-secret"
              autoComplete="off"
              value={secret}
              onChange={({ target }) => setSecret(target.value)}
            />
          </Field>
          {replaces && (
            <>
              <Alert
                type="warning"
                showIcon
                title={t("upkeep-restore-replaces")}
                description={t("upkeep-restore-kept")}
              />
              <Checkbox checked={understood} onChange={({ target }) => setUnderstood(target.checked)}>
                {t("upkeep-restore-understood")}
              </Checkbox>
            </>
          )}
          <p>
            <Button
              type="primary"
              danger={replaces}
              htmlType="submit"
              disabled={!ready}
              loading={restore.isPending}
            >
              {t(replaces ? "upkeep-restore-replace" : "upkeep-restore")}
            </Button>
          </p>
        </div>
      </Section>
    </form>
  );
}
