import { FileProtectOutlined, FolderOpenOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { later } from "../../later";
import { Busy } from "../../parts/Busy";
import { QUESTIONS } from "../../parts/findings";
import { DOSSIER_ENDINGS } from "../../parts/kinds";
import { EmptyState } from "../../parts/page";
import { useShortcut } from "../../parts/shortcuts";
import { Data } from "../../parts/values";
import { useKept, useRoute } from "../../route";
import { useAsk, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import "./verify.css";

const Overdue = later(() => import("../cases/Overdue").then(({ Overdue }) => Overdue));
const Result = later(() => import("./Result").then(({ Result }) => Result));
const Unread = later(() => import("./Unread").then(({ Unread }) => Unread));

/** The first screen: drop, open or double-click a dossier; then its verdict. */
export function VerifyPage({ path, others = 0 }: { path: string | null; others?: number }) {
  const { t } = useText();
  const host = useHost();
  const { begin } = useRoute();
  const choose = async () => {
    const kind = { name: t("kind-dossier"), extensions: DOSSIER_ENDINGS };
    const chosen = await host.chooseFile(t("verify-choose"), [kind]);
    if (chosen) begin({ page: "verify", path: chosen });
  };
  useShortcut("Ctrl+O", "verify-open", () => void choose());
  if (path === null) return <Start onChoose={() => void choose()} />;
  return <Judged key={path} path={path} others={others} onChoose={() => void choose()} />;
}

function Start({ onChoose }: { onChoose: () => void }) {
  const { t } = useText();
  const host = useHost();
  const { go } = useRoute();
  const { status } = useSession();
  const folder = async () => {
    const path = await host.chooseFolder(t("batch-choose"));
    if (path) go({ page: "batch", path });
  };
  return (
    <div className="page verify-start">
      <h1 className="only-heard">{t("verify-menu")}</h1>
      {status.waiting?.overdue ? <Overdue /> : null}
      <section className="drop-zone">
        <EmptyState
          icon={<FileProtectOutlined aria-hidden />}
          title={t("verify-drop")}
          hint={t("verify-drop-hint")}
          action={
            <>
              <Button type="primary" size="large" onClick={onChoose}>
                {t("verify-choose")}
              </Button>
              <Button size="large" icon={<FolderOpenOutlined aria-hidden />} onClick={() => void folder()}>
                {t("batch-choose")}
              </Button>
            </>
          }
        />
      </section>
      <section>
        <h2 className="verify-asks">{t("verify-asks")}</h2>
        <ol className="verify-questions">
          {QUESTIONS.map((question) => (
            <li key={question} className="card">
              <strong>{t(`question-${question}`)}</strong>
              <span className="quiet">{t(`verify-asks-${question}`)}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

interface JudgedProps {
  path: string;
  others: number;
  onChoose: () => void;
}

function Judged({ path, others, onChoose }: JudgedProps) {
  const { t } = useText();
  const [identity, setIdentity] = useKept<string | null>("verify-identity", null);
  const asked = useAsk("verify.file", { path, identity });
  const again = () => void asked.refetch();
  useShortcut("F5", "verify-again", again);
  // What was verified stays to be read when it cannot be verified again, such as once the stick is pulled out.
  if (asked.error && !asked.data)
    return (
      <Unread
        path={path}
        refusal={asked.error.refusal}
        given={identity !== null}
        onIdentity={setIdentity}
        onAgain={again}
        onChoose={onChoose}
      />
    );
  if (!asked.data)
    return (
      <div className="page">
        <EmptyState icon={<Busy large />} title={t("verify-verifying")} hint={<Data>{path}</Data>} />
      </div>
    );
  return (
    <Result
      verified={asked.data}
      identity={identity}
      busy={asked.isFetching}
      failed={asked.error?.refusal ?? null}
      others={others}
      onChoose={onChoose}
      onAgain={again}
    />
  );
}
