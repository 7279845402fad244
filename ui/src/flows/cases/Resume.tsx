import { Alert, Modal } from "antd";
import { useState } from "react";
import type { CasePage } from "../../gen/wire";
import { HandsFields, useHands } from "../../parts/HandsFields";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { shanghaiInstant } from "../../parts/values";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { Demands } from "./Demands";
import { Note } from "./Note";
import { Supplements } from "./Supplements";

/** 已补正，恢复受理: what the firm supplied and which demands are met, before somebody says that it goes on. */
export function Resume({ page, onClose }: { page: CasePage; onClose: () => void }) {
  const { t } = useText();
  const hands = useHands(false);
  const [note, setNote] = useState("");
  const act = useAct("cases.accept");
  const { line, demands, versions, asked } = page;
  const newest = versions.at(-1);
  const came = demands.length > 0;
  const open = demands.some(({ state }) => state === "open");
  // Where the program saw nothing come, or something still open, the books say why it goes on all the same.
  const why = !came || open;
  const ready = hands.complete && !(why && note.trim() === "");
  const confirm = () =>
    act.mutate({ id: line.id, hands: hands.hands, note: note.trim() || null }, { onSuccess: onClose });
  useShortcut("Ctrl+Enter", "shortcut-confirm", () => ready && confirm());
  return (
    <Modal
      open
      title={t("case-resume-title", { number: line.number })}
      okText={t("case-resume-do")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={act.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className="stack">
        {came && newest ? (
          <>
            <p>
              {t("case-resume-came", {
                day: shanghaiInstant(newest.received).slice(0, 10),
                version: newest.version,
              })}
            </p>
            <Demands page={page} />
            {open && <Alert type="warning" showIcon title={t("case-resume-still-open")} />}
          </>
        ) : (
          <>
            <p>{t("case-resume-nothing-came")}</p>
            <Supplements lines={asked} />
          </>
        )}
        <p className="quiet">{t("case-resume-means")}</p>
        <HandsFields {...hands} />
        <Note value={note} onChange={setNote} required={why} />
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
      </div>
    </Modal>
  );
}
