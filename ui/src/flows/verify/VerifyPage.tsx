import { FileProtectOutlined } from "@ant-design/icons";
import { Button, Spin } from "antd";
import { EmptyState } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useRoute } from "../../route";
import { useAsk, useHost } from "../../rpc";
import { useText, visible } from "../../text";
import { Result } from "./Result";

/** The first screen: drop, open or double-click a dossier; then its verdict. */
export function VerifyPage({ path }: { path: string | null }) {
  const { t } = useText();
  const host = useHost();
  const { begin } = useRoute();
  const choose = async () => {
    const kind = { name: t("kind-dossier"), extensions: ["zzdossier"] };
    const chosen = await host.chooseFile(t("verify-open"), [kind]);
    if (chosen) begin({ page: "verify", path: chosen });
  };
  useShortcut("Ctrl+O", "verify-open", () => void choose());
  if (path === null) return <Start onChoose={() => void choose()} />;
  return <Judged path={path} onChoose={() => void choose()} />;
}

function Start({ onChoose }: { onChoose: () => void }) {
  const { t } = useText();
  return (
    <div className="page verify-start">
      <section className="drop">
        <EmptyState
          icon={<FileProtectOutlined />}
          title={t("verify-drop")}
          hint={t("verify-drop-hint")}
          action={
            <Button type="primary" size="large" onClick={onChoose}>
              {t("verify-choose")}
            </Button>
          }
        />
      </section>
    </div>
  );
}

function Judged({ path, onChoose }: { path: string; onChoose: () => void }) {
  const { t } = useText();
  const asked = useAsk("verify.file", { path, identity: null });
  const again = () => void asked.refetch();
  useShortcut("F5", "verify-again", again);
  if (asked.isFetching && !asked.data)
    return (
      <div className="page">
        <EmptyState icon={<Spin size="large" />} title={t("verify-verifying")} hint={visible(path)} />
      </div>
    );
  if (asked.error)
    return (
      <div className="page">
        <RefusalAlert refusal={asked.error.refusal} again={again} />
        <p>
          <Button onClick={onChoose}>{t("verify-another")}</Button>
        </p>
      </div>
    );
  return asked.data ? <Result verified={asked.data} onChoose={onChoose} onAgain={again} /> : null;
}
