import { Input, Modal } from "antd";
import { useId, useState } from "react";
import type { VoucherLine } from "../../gen/wire";
import { today } from "../../parts/clock";
import { Day } from "../../parts/Day";
import { begun } from "../../parts/names";
import { needed, useFlaws } from "../../parts/needed";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useAct } from "../../rpc";
import { useText } from "../../text";

/** 预约: an amount that is this desk's alone until a day. */
export function Hold({ line, onClose }: { line: VoucherLine; onClose: () => void }) {
  const { t } = useText();
  const id = useId();
  const act = useAct("vouchers.hold");
  const [amount, setAmount] = useState("");
  const [until, setUntil] = useState<string | null>(null);
  const [sum, day] = [`${id}-sum`, `${id}-day`];
  const flaws = useFlaws({
    [sum]: needed(amount, t("voucher-sum-needed")),
    [day]: needed(until ?? "", t("voucher-day-needed")),
  });
  const hold = () => {
    if (act.isPending || !flaws.sound() || (until ?? "") < today()) return;
    act.mutate({ id: line.id, amount, until: until ?? "" }, { onSuccess: onClose });
  };
  useShortcut("Ctrl+Enter", "shortcut-confirm", hold);
  return (
    <Modal
      open
      title={begun(t("voucher-hold"))}
      okText={begun(t("voucher-hold"))}
      cancelText={t("cancel")}
      confirmLoading={act.isPending}
      onOk={hold}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t("voucher-hold-means")}</p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        <Field label={t("voucher-sum-yuan")} id={sum} required error={flaws.told(sum).error}>
          <Input
            id={sum}
            autoFocus
            inputMode="decimal"
            value={amount}
            onChange={({ target }) => setAmount(target.value)}
            {...flaws.told(sum).own}
          />
        </Field>
        <Field label={t("voucher-hold-last")} id={day} required error={flaws.told(day).error}>
          <Day id={day} value={until} from={today()} onChange={setUntil} />
        </Field>
      </div>
    </Modal>
  );
}
