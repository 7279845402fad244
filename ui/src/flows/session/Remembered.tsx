import { Button } from "antd";
import { RefusalAlert } from "../../parts/refusal";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";

/** Whether this computer opens the database by itself. It begins on the locked page, since it takes the passphrase. */
export function Remembered({ label }: { label: string }) {
  const { t } = useText();
  const { status } = useSession();
  const forget = useAct("session.forget");
  return (
    <span className="row">
      {status.remembered.on ? (
        <Button aria-describedby={label} loading={forget.isPending} onClick={() => forget.mutate({})}>
          {t("session-forget")}
        </Button>
      ) : (
        <span role="status" className="quiet">
          {t("session-not-remembered")}
        </span>
      )}
      {forget.error && <RefusalAlert refusal={forget.error.refusal} />}
    </span>
  );
}
