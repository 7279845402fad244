import { Alert, Button } from "antd";
import { Names } from "../../parts/Names";
import { Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { FilePath } from "../../parts/values";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";

/** U 盘: the same messages without a network. */
export function StickSection({ joined }: { joined: boolean }) {
  const { t } = useText();
  const host = useHost();
  const write = useAct("sync.export");
  const read = useAct("sync.import");
  const choose = async (act: (path: string) => void) => {
    const path = await host.chooseFolder(t("sync-stick-choose"));
    if (path) act(path);
  };
  const refused = write.error ?? read.error;
  return (
    <Section title={t("sync-stick")}>
      <div className="stack">
        <p className="quiet">{t("sync-stick-hint")}</p>
        {refused && <RefusalAlert refusal={refused.refusal} />}
        <div className="row">
          {joined && (
            <Button
              loading={write.isPending}
              onClick={() =>
                void choose((path) => {
                  read.reset();
                  write.mutate({ path });
                })
              }
            >
              {t("sync-export")}
            </Button>
          )}
          <Button
            loading={read.isPending}
            onClick={() =>
              void choose((path) => {
                write.reset();
                read.mutate({ path });
              })
            }
          >
            {t("sync-import")}
          </Button>
        </div>
        {write.data && (
          <Alert
            type={write.data.left_out > 0 ? "warning" : "success"}
            showIcon
            role="status"
            title={t("sync-exported", { messages: write.data.messages, files: write.data.public_files })}
            description={
              <>
                <FilePath path={write.data.path} />
                {write.data.left_out > 0 && <p>{t("sync-left-out", { count: write.data.left_out })}</p>}
              </>
            }
          />
        )}
        {read.data?.trust_refused && <RefusalAlert refusal={read.data.trust_refused} />}
        {read.data && (
          <Alert
            type={read.data.parked > 0 || read.data.refused.length > 0 ? "warning" : "success"}
            showIcon
            role="status"
            title={t("sync-imported", { received: read.data.received, taken: read.data.taken })}
            description={
              <>
                {read.data.parked > 0 && <p>{t("sync-imported-parked", { count: read.data.parked })}</p>}
                {read.data.trust && <p>{t("sync-imported-trust")}</p>}
                {read.data.trust_older && <p>{t("sync-imported-trust-older")}</p>}
                <Names of={read.data.refused} are={t("sync-imported-refused")} />
              </>
            }
          />
        )}
      </div>
    </Section>
  );
}
