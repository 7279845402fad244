import { Button, DatePicker, Modal } from "antd";
import { useId, useState } from "react";
import { civil, picked } from "../../parts/days";
import { begun } from "../../parts/names";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { WrittenNote } from "../../parts/written";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";

/** 对账单: a span of days as a table. */
export function StatementButton() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("statement")}</Button>
      {open && <Statement onClose={() => setOpen(false)} />}
    </>
  );
}

function Statement({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const host = useHost();
  const id = useId();
  const act = useAct("vouchers.export");
  const [from, setFrom] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const save = async () => {
    const path = await host.saveAs(t("statement-where"), `${t("statement-name")}.xlsx`, {
      name: "Excel, CSV",
      extensions: ["xlsx", "csv"],
    });
    if (path) act.mutate({ from, until, path });
  };
  return (
    <Modal
      open
      title={begun(t("statement"))}
      okText={t("statement-save")}
      cancelText={t(act.data ? "close" : "cancel")}
      confirmLoading={act.isPending}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t("statement-means")}</p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        {act.data && <WrittenNote written={act.data} />}
        <Field label={t("statement-from")} id={`${id}-from`}>
          <DatePicker id={`${id}-from`} value={picked(from)} onChange={(day) => setFrom(civil(day))} />
        </Field>
        <Field label={t("statement-until")} id={`${id}-until`}>
          <DatePicker id={`${id}-until`} value={picked(until)} onChange={(day) => setUntil(civil(day))} />
        </Field>
      </div>
    </Modal>
  );
}
