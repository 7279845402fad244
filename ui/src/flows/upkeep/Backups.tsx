import { Alert, Button } from "antd";
import { useState } from "react";
import type { BackupLine } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { EmptyState, Facts, Section, TableScroll } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data, Instant, sizeText } from "../../parts/values";
import { WorkBar } from "../../parts/WorkBar";
import { useRoute } from "../../route";
import { useAct, useAsk, useHost } from "../../rpc";
import { useText } from "../../text";
import { TryBackup } from "./TryBackup";

/** What the program tells the progress of a backup under. It counts pages of the database, which say nothing to a person. */
const JOB = "backup";

/** Makes a backup now: in the folder of the settings, or in one that is chosen first. */
export function useBackup() {
  const { t } = useText();
  const host = useHost();
  const asked = useAsk("upkeep.backups", {});
  const act = useAct("upkeep.backup");
  const make = async () => {
    // A message about another backup must not stand beside this one, whatever becomes of it.
    act.reset();
    // The folder that is set is the program's to know; only where none is, one is chosen and sent.
    const { data } = await asked.refetch();
    if (!data) return;
    const path = data.folder === null ? await host.chooseFolder(t("session-backup-folder")) : "";
    if (path !== null) act.mutate({ path });
  };
  return { asked, make, busy: act.isPending, error: act.error, made: act.data?.made };
}

export function Backups({ backup }: { backup: ReturnType<typeof useBackup> }) {
  const { t, say } = useText();
  const { go } = useRoute();
  const [trying, setTrying] = useState<BackupLine | null>(null);
  const { asked, error, made } = backup;
  const status = asked.data;
  return (
    <Section
      title={t("upkeep-backups")}
      extra={
        <>
          <Button size="small" onClick={() => go({ page: "settings", at: "backup" })}>
            {t(status?.folder === null ? "upkeep-folder-choose" : "upkeep-folder-change")}
          </Button>
          <Button size="small" onClick={() => go({ page: "restore", path: null })}>
            {t("upkeep-restore-file")}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error && <RefusalAlert refusal={error.refusal} />}
        {backup.busy && <WorkBar job={JOB} name={t("upkeep-progress")} counted={false} />}
        {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
        {made && (
          <Alert
            type="success"
            showIcon
            role="status"
            title={t("upkeep-backup-made")}
            description={<Data>{made.path}</Data>}
          />
        )}
        {status?.due && (
          <Alert type="warning" showIcon title={say(status.due)} description={t("upkeep-due-advice")} />
        )}
        {status && (
          <Facts
            rows={[
              [
                t("session-backup-folder"),
                status.folder ? (
                  <Data key="folder">{status.folder}</Data>
                ) : (
                  <Mark key="none" tone="warning">
                    {t("session-backup-none")}
                  </Mark>
                ),
              ],
              [
                t("upkeep-drilled-at"),
                status.drilled_at ? (
                  <Instant key="at" at={status.drilled_at} />
                ) : (
                  <span key="never" className="quiet">
                    {t("upkeep-drilled-never")}
                  </span>
                ),
              ],
            ]}
          />
        )}
        {status?.backups.length === 0 && (
          <EmptyState title={t("upkeep-backups-none")} hint={t("upkeep-backups-none-hint")} />
        )}
        {status && status.backups.length > 0 && <Table backups={status.backups} onTry={setTrying} />}
      </div>
      {trying && <TryBackup backup={trying} onClose={() => setTrying(null)} />}
    </Section>
  );
}

function Table({ backups, onTry }: { backups: BackupLine[]; onTry: (backup: BackupLine) => void }) {
  const { t } = useText();
  const { go } = useRoute();
  return (
    <TableScroll name={t("upkeep-backups")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("upkeep-made-at")}</th>
            <th scope="col" className="end">
              {t("upkeep-size")}
            </th>
            <th scope="col">{t("upkeep-path")}</th>
            <th scope="col">{t("upkeep-do")}</th>
          </tr>
        </thead>
        <tbody>
          {backups.map((one) => (
            <tr key={one.path}>
              <td>
                <Instant at={one.at} />
              </td>
              <td className="end figure">{sizeText(one.size)}</td>
              <td>
                <Data>{one.path}</Data>
              </td>
              <td>
                <span className="row nowrap">
                  <Button size="small" onClick={() => onTry(one)}>
                    {t("upkeep-try")}
                  </Button>
                  <Button size="small" type="text" onClick={() => go({ page: "restore", path: one.path })}>
                    {t("upkeep-restore")}
                  </Button>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
