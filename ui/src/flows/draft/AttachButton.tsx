import { PaperClipOutlined } from "@ant-design/icons";
import { Button, Modal, Select } from "antd";
import { useId, useState } from "react";
import type { DraftPage } from "../../gen/wire";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";

/** Attaches files: what they are is asked where the checklist leaves a choice. */
export function AttachButton({
  page,
  answers,
  demands,
  kinds,
  small = false,
}: {
  page: DraftPage;
  answers: string[];
  /** What the destination asked for and they are attached for. */
  demands: string[];
  kinds: string[];
  small?: boolean;
}) {
  const { t, say } = useText();
  const host = useHost();
  const id = useId();
  const act = useAct("draft.attach");
  const [paths, setPaths] = useState<string[] | null>(null);
  const [kind, setKind] = useState(kinds[0] ?? "");
  const choose = async () => {
    const chosen = await host.chooseFiles(t("attach-files"), [
      { name: t("attach-kinds"), extensions: ["pdf", "ofd", "png", "jpg", "jpeg"] },
    ]);
    if (chosen.length > 0) setPaths(chosen);
  };
  const attach = () => {
    if (paths)
      act.mutate(
        { draft_id: page.line.id, paths, kind, answers, demands },
        { onSuccess: () => setPaths(null) },
      );
  };
  const title = (name: string) => {
    const known = page.attachment_kinds.find((one) => one.kind === name);
    return known ? say(known.title) : name;
  };
  return (
    <>
      <Button
        size={small ? "small" : "middle"}
        icon={<PaperClipOutlined aria-hidden />}
        onClick={() => void choose()}
      >
        {t("attach-files")}
      </Button>
      {paths && (
        <Modal
          open
          title={t("attach-title", { count: paths.length })}
          okText={t("attach-do")}
          cancelText={t("cancel")}
          okButtonProps={{ disabled: kind === "" }}
          confirmLoading={act.isPending}
          onOk={attach}
          onCancel={() => setPaths(null)}
        >
          <div className="stack">
            {act.error && <RefusalAlert refusal={act.error.refusal} />}
            <Field label={t("attach-kind")} id={id} required>
              <Select
                id={id}
                value={kind || null}
                onChange={setKind}
                options={kinds.map((value) => ({ value, label: title(value) }))}
              />
            </Field>
          </div>
        </Modal>
      )}
    </>
  );
}
