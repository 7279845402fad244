import { Alert, Button, Modal } from "antd";
import { useState } from "react";
import type { WaitingCase } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import { shanghaiInstant } from "../../parts/values";
import { useText } from "../../text";

interface Props {
  waiting: WaitingCase[];
  /** What is done with a case that is chosen. */
  action: "take" | "join";
  /** The case that is the likely one, where taking the dossier in for it is what comes next. */
  likely?: WaitingCase | undefined;
  busy: boolean;
  onChoose: (waiting: WaitingCase) => void;
}

/** Why a dossier may be anybody's; null where the key of the dossier before signed it. */
function doubt({ same_key }: WaitingCase): "other" | "unknown" | null {
  if (same_key) return null;
  return same_key === null ? "unknown" : "other";
}

/**
 * Cases that wait for what a dossier may be: a person says whether it is, with one click. A case of its own that becomes
 * part of another is asked about, as that cannot be taken back, and so is a dossier that another key signed or may have.
 */
export function Proposed({ waiting, action, likely, busy, onChoose }: Props) {
  const { t } = useText();
  const [asking, setAsking] = useState<WaitingCase | null>(null);
  if (waiting.length === 0) return null;
  const doubted = asking && doubt(asking);
  return (
    <>
      {asking && (
        <Modal
          open
          title={t(`proposed-${action}-title`, { number: asking.number })}
          okText={t(`proposed-${action}-do`)}
          cancelText={t("cancel")}
          confirmLoading={busy}
          onOk={() => {
            setAsking(null);
            onChoose(asking);
          }}
          onCancel={() => setAsking(null)}
        >
          {doubted && <p>{t(`proposed-${doubted}-key-means`)}</p>}
          <p>{t(`proposed-${action}-means`, { number: asking.number })}</p>
        </Modal>
      )}
      <Alert
        type="info"
        showIcon
        title={t("proposed-title", { count: waiting.length })}
        description={
          <>
            <p>{t("proposed-hint")}</p>
            <ul className="proposed">
              {waiting
                .map((one) => ({ one, why: doubt(one) }))
                .map(({ one, why }) => (
                  <li key={one.id} className="row">
                    <Button
                      type={one === likely ? "primary" : "default"}
                      disabled={busy}
                      onClick={() => (action === "join" || why ? setAsking(one) : onChoose(one))}
                    >
                      {t(`proposed-${action}`, { number: one.number })}
                    </Button>
                    <span className="quiet">
                      {t("proposed-received", { day: shanghaiInstant(one.received).slice(0, 10) })}
                    </span>
                    {why && <Mark tone="warning">{t(`proposed-${why}-key`)}</Mark>}
                  </li>
                ))}
            </ul>
          </>
        }
      />
    </>
  );
}
