import { Input, Modal } from "antd";
import { useId, useState } from "react";
import { begun } from "../../parts/names";
import { needed, useFlaws } from "../../parts/needed";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useText } from "../../text";

/** 按券号查询: asks the ledger of a fund for a voucher that this desk does not know. */
export function AskLedger({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { go } = useRoute();
  const id = useId();
  const act = useAct("vouchers.ask");
  const [number, setNumber] = useState("");
  const [fund, setFund] = useState("");
  const [first, second] = [`${id}-number`, `${id}-fund`];
  const flaws = useFlaws({
    [first]: needed(number, t("voucher-number-needed")),
    [second]: needed(fund, t("voucher-fund-needed")),
  });
  const ask = () => {
    if (act.isPending || !flaws.sound()) return;
    act.mutate(
      { id: number.trim(), fund: fund.trim() },
      {
        onSuccess: ({ line }) => {
          onClose();
          go({ page: "voucher", id: line.id });
        },
      },
    );
  };
  useShortcut("Ctrl+Enter", "shortcut-confirm", ask);
  return (
    <Modal
      open
      title={begun(t("voucher-ask"))}
      okText={t("voucher-ask-do")}
      cancelText={t("cancel")}
      confirmLoading={act.isPending}
      onOk={ask}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t("voucher-ask-means")}</p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        <Field label={t("voucher-number")} id={first} required error={flaws.told(first).error}>
          <Input
            id={first}
            autoFocus
            value={number}
            onChange={({ target }) => setNumber(target.value)}
            {...flaws.told(first).own}
          />
        </Field>
        <Field
          label={t("voucher-fund-code")}
          id={second}
          required
          help={t("voucher-fund-hint")}
          error={flaws.told(second).error}
        >
          <Input
            id={second}
            value={fund}
            onChange={({ target }) => setFund(target.value)}
            {...flaws.told(second).own}
          />
        </Field>
      </div>
    </Modal>
  );
}
