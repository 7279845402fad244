import { PaperClipOutlined } from "@ant-design/icons";
import { Button, Modal, Select } from "antd";
import { useId, useState } from "react";
import type { DraftPage } from "../../gen/wire";
import { baseName } from "../../parts/kinds";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";

/** Attaches files: what they are is chosen already where they are attached in a row, and is asked elsewhere. */
export function AttachButton({
  page,
  answers,
  demands,
  kinds,
  row = false,
}: {
  page: DraftPage;
  answers: string[];
  /** What the destination asked for and they are attached for. */
  demands: string[];
  kinds: string[];
  /** Whether it stands in a row, of which the first kind is the one that is meant. */
  row?: boolean;
}) {
  const { t, say } = useText();
  const host = useHost();
  const id = useId();
  const act = useAct("draft.attach");
  const [paths, setPaths] = useState<string[] | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const choose = async () => {
    const chosen = await host.chooseFiles(t("attach-files"), [
      { name: t("attach-kinds"), extensions: ["pdf", "ofd", "png", "jpg", "jpeg"] },
    ]);
    if (chosen.length === 0) return;
    setKind((row && kinds[0]) || null);
    setPaths(chosen);
  };
  const attach = () => {
    if (paths && kind)
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
        size={row ? "small" : "middle"}
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
          okButtonProps={{ disabled: kind === null }}
          confirmLoading={act.isPending}
          onOk={attach}
          onCancel={() => setPaths(null)}
        >
          <div className="stack">
            {act.error && <RefusalAlert refusal={act.error.refusal} />}
            <ul aria-label={t("attach-these")}>
              {paths.map((path) => (
                <li key={path}>
                  <Data>{baseName(path)}</Data>
                </li>
              ))}
            </ul>
            <Field label={t("attach-kind")} id={id} required>
              <Select
                id={id}
                showSearch={{ optionFilterProp: "label" }}
                placeholder={t("attach-kind-choose")}
                value={kind}
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
