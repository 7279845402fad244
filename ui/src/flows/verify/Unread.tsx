import { Alert, Button } from "antd";
import type { Refusal, RefusalCode } from "../../gen/wire";
import { Belongs, isOfOtherFile } from "../../parts/Belongs";
import { baseName } from "../../parts/kinds";
import { PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useRoute } from "../../route";
import { useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";

interface Props {
  /** The file. */
  path: string;
  refusal: Refusal;
  /** Whether a key was given already. */
  given: boolean;
  onIdentity: (path: string) => void;
  onAgain: () => void;
  onChoose: () => void;
}

/** A dossier that was not read. A sealed one is opened by the own database first, where that is locked. */
export function Unread({ path, refusal, given, onIdentity, onAgain, onChoose }: Props) {
  const { t } = useText();
  const host = useHost();
  const { go } = useRoute();
  const { status } = useSession();
  // A file that is something else stays that, however often it is read.
  const other = isOfOtherFile(refusal.code);
  const sealed = refusal.code === ("SEAL-IDENTITY" satisfies RefusalCode);
  const locked = sealed && !given && status.database === "locked";
  const choose = async () => {
    const chosen = await host.chooseFile(t("verify-identity"), [
      { name: t("kind-identity"), extensions: ["age", "txt", "key"] },
    ]);
    if (chosen) onIdentity(chosen);
  };
  return (
    <div className="page">
      <PageHeader title={<Data>{baseName(path)}</Data>} lead={<Data>{path}</Data>} />
      {locked ? (
        <Alert
          type="info"
          showIcon
          role="alert"
          title={t("sealed-locked")}
          description={t("sealed-locked-next")}
        />
      ) : (
        <RefusalAlert
          refusal={refusal}
          {...(other ? { action: <Belongs refusal={refusal} path={path} /> } : { again: onAgain })}
        />
      )}
      <p className="row">
        {locked && (
          <Button type="primary" onClick={() => go({ page: "unlock" })}>
            {t("gate-unlock")}
          </Button>
        )}
        {sealed && (
          <Button type={locked ? "default" : "primary"} onClick={() => void choose()}>
            {t("verify-identity")}
          </Button>
        )}
        <Button type={other ? "primary" : "default"} onClick={onChoose}>
          {t("verify-another")}
        </Button>
      </p>
    </div>
  );
}
