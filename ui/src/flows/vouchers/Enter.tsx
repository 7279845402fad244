import { Button, Modal } from "antd";
import { begun } from "../../parts/names";
import { EmptyState } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useRoute } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";

/** Vouchers that are offered to be entered. */
const MOST = 100;

/** 登记本单位签发的券: hands a voucher that was issued here to the ledger. */
export function Enter({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { go } = useRoute();
  const asked = useAsk("issue.list", {
    text: "",
    kind: "innovation-voucher",
    status: "valid",
    firm: null,
    by_name: false,
    after: null,
    limit: MOST,
  });
  const act = useAct("vouchers.enter");
  const enter = (id: string) =>
    act.mutate(
      { id },
      {
        onSuccess: ({ line }) => {
          onClose();
          go({ page: "voucher", id: line.id });
        },
      },
    );
  const issued = asked.data?.credentials;
  return (
    <Modal open title={begun(t("voucher-enter"))} footer={null} onCancel={onClose}>
      <div className="stack">
        <p>{t("voucher-enter-means")}</p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
        {issued?.length === 0 && (
          <EmptyState title={t("voucher-enter-none")} hint={t("voucher-enter-none-hint")} />
        )}
        {issued && issued.length > 0 && (
          <ul className="voucher-choices">
            {issued.map((line) => (
              <li key={line.id}>
                <span>
                  <Data>{line.number ?? "—"}</Data>
                  <br />
                  <span className="quiet">
                    <Data>{line.firm_name}</Data>
                  </span>
                </span>
                <Button
                  size="small"
                  loading={act.isPending && act.variables.id === line.id}
                  aria-label={t("voucher-enter-one", { number: line.number ?? "—" })}
                  onClick={() => enter(line.id)}
                >
                  {t("voucher-enter-do")}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
}
