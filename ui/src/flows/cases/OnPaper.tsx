import { Busy } from "../../parts/Busy";
import { CaseFound } from "../../parts/CaseFound";
import { RefusalAlert } from "../../parts/refusal";
import { useAskAnew } from "../../rpc";
import { useText } from "../../text";

/** The case that the code in a picture belongs to: it is opened once somebody said so, as one that a link names. */
export function OnPaper({ picture, onClose }: { picture: string; onClose: () => void }) {
  const { t } = useText();
  const { data: found, error } = useAskAnew("cases.on_paper", { path: picture });
  return (
    <CaseFound
      title={t("on-paper-title")}
      found={found}
      told={found && <p role="status">{t("on-paper-found", { number: found.number })}</p>}
      onDecided={onClose}
    >
      {!found && !error && <Busy />}
      {error && <RefusalAlert refusal={error.refusal} />}
    </CaseFound>
  );
}
