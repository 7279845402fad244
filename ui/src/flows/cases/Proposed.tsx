import { Alert, Button, Modal } from "antd";
import { useState } from "react";
import type { WaitingCase } from "../../gen/wire";
import { shanghaiInstant } from "../../parts/values";
import { useText } from "../../text";

interface Props {
  waiting: WaitingCase[];
  /** What the button of a case says. */
  action: "proposed-take" | "proposed-join";
  busy: boolean;
  onChoose: (waiting: WaitingCase) => void;
}

/**
 * Cases that wait for what a dossier may be: a person says whether it is, with one click. A case of its own that becomes
 * part of another is asked about, as that cannot be taken back.
 */
export function Proposed({ waiting, action, busy, onChoose }: Props) {
  const { t } = useText();
  const [asking, setAsking] = useState<WaitingCase | null>(null);
  if (waiting.length === 0) return null;
  return (
    <>
      {asking && (
        <Modal
          open
          title={t("proposed-join-title", { number: asking.number })}
          okText={t("proposed-join-do")}
          cancelText={t("cancel")}
          confirmLoading={busy}
          onOk={() => {
            setAsking(null);
            onChoose(asking);
          }}
          onCancel={() => setAsking(null)}
        >
          <p>{t("proposed-join-means", { number: asking.number })}</p>
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
              {waiting.map((one) => (
                <li key={one.id} className="row">
                  <Button
                    disabled={busy}
                    onClick={() => (action === "proposed-join" ? setAsking(one) : onChoose(one))}
                  >
                    {t(action, { number: one.number })}
                  </Button>
                  <span className="quiet">
                    {t("proposed-received", { day: shanghaiInstant(one.received).slice(0, 10) })}
                  </span>
                </li>
              ))}
            </ul>
          </>
        }
      />
    </>
  );
}
