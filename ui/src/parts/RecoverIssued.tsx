import { Alert, Button, Modal } from "antd";
import type { AfterRestore, RecoveredIssued } from "../gen/wire";
import { useAct, useHost } from "../rpc";
import { useText } from "../text";
import { RefusalAlert } from "./refusal";
import { Data } from "./values";

/** 补登: enters again from its files what this organisation issued, or takes down that nothing is missing. */
export function RecoverIssued({ open, onClose }: { open: AfterRestore; onClose: () => void }) {
  const { t } = useText();
  const host = useHost();
  const recover = useAct("issue.recover");
  const complete = useAct("issue.look_back");
  const chooseFiles = async () => {
    const kind = { name: t("kind-credential"), extensions: ["zzcred"] };
    const paths = await host.chooseFiles(t("restored-recover-files"), [kind]);
    if (paths.length > 0) recover.mutate({ paths });
  };
  const chooseFolder = async () => {
    const path = await host.chooseFolder(t("restored-recover-folder"));
    if (path) recover.mutate({ paths: [path] });
  };
  const refusal = recover.error?.refusal ?? complete.error?.refusal;
  return (
    <Modal
      open
      title={t("restored-recover-title")}
      footer={null}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <div className="stack">
        <p>{t("restored-recover-lead")}</p>
        {refusal && <RefusalAlert refusal={refusal} />}
        {recover.data && <Summary done={recover.data} open={open} />}
        <p className="row">
          <Button type="primary" loading={recover.isPending} onClick={() => void chooseFiles()}>
            {t("restored-recover-files")}
          </Button>
          <Button loading={recover.isPending} onClick={() => void chooseFolder()}>
            {t("restored-recover-folder")}
          </Button>
        </p>
        {open.unknown && (
          <>
            <p>{t("restored-complete-means")}</p>
            <p>
              <Button
                loading={complete.isPending}
                onClick={() => complete.mutate({}, { onSuccess: onClose })}
              >
                {t("restored-complete")}
              </Button>
            </p>
          </>
        )}
      </div>
    </Modal>
  );
}

/** What became of the files. */
function Summary({ done, open }: { done: RecoveredIssued; open: AfterRestore }) {
  const { t, say } = useText();
  const { taken, known, firms, refused, remarks } = done;
  const unsettled = open.lists.some(({ uri }) => taken.some(({ status_list }) => status_list === uri));
  return (
    <>
      <Alert
        type={taken.length > 0 ? "success" : "info"}
        showIcon
        role="status"
        title={
          taken.length > 0 ? t("restored-recover-taken", { count: taken.length }) : t("restored-recover-none")
        }
        description={
          <>
            {known > 0 && <p>{t("restored-recover-known", { count: known })}</p>}
            {firms > 0 && <p>{t("restored-recover-firms", { count: firms })}</p>}
            {unsettled && <p>{t("restored-recover-settle")}</p>}
          </>
        }
      />
      {remarks.map((remark) => (
        <Alert key={remark.zh} type="warning" showIcon title={say(remark)} />
      ))}
      {refused.length > 0 && <p>{t("restored-recover-refused", { count: refused.length })}</p>}
      {refused.map(({ path, refusal }) => (
        <div key={path} className="stack">
          <Data>{path}</Data>
          <RefusalAlert refusal={refusal} />
        </div>
      ))}
    </>
  );
}
