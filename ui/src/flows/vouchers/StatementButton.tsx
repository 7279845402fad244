import { Button, Modal } from "antd";
import { useId, useState } from "react";
import { Day } from "../../parts/Day";
import { begun } from "../../parts/names";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { WrittenNote } from "../../parts/written";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";

/** 对账单: a span of days as a page or a table. */
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
  const { t, language } = useText();
  const host = useHost();
  const id = useId();
  const act = useAct("vouchers.export");
  const [from, setFrom] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const save = async (name: string, extensions: string[]) => {
    const suggested = `${t("statement-name")}.${extensions[0]}`;
    const path = await host.saveAs(t("statement-where"), suggested, { name, extensions });
    if (path) act.mutate({ from, until, path, language });
  };
  return (
    <Modal
      open
      title={begun(t("statement"))}
      okText={t("statement-save")}
      cancelText={t(act.data ? "close" : "cancel")}
      confirmLoading={act.isPending}
      onOk={() => void save("Excel, CSV", ["xlsx", "csv"])}
      onCancel={onClose}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          <CancelBtn />
          <Button loading={act.isPending} onClick={() => void save("PDF", ["pdf"])}>
            {t("statement-print")}
          </Button>
          <OkBtn />
        </>
      )}
    >
      <div className="stack">
        <p>{t("statement-means")}</p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        {act.data && <WrittenNote written={act.data} />}
        <Field label={t("statement-from")} id={`${id}-from`}>
          <Day id={`${id}-from`} value={from} onChange={setFrom} />
        </Field>
        <Field label={t("statement-until")} id={`${id}-until`}>
          <Day id={`${id}-until`} value={until} onChange={setUntil} />
        </Field>
      </div>
    </Modal>
  );
}
