import { Alert, Button } from "antd";
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

/** Cases that wait for what a dossier may be: a person says whether it is, with one click. */
export function Proposed({ waiting, action, busy, onChoose }: Props) {
  const { t } = useText();
  if (waiting.length === 0) return null;
  return (
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
                <Button disabled={busy} onClick={() => onChoose(one)}>
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
  );
}
