import { Button, Modal } from "antd";
import { useShortcuts } from "../../parts/shortcuts";
import { useRoute } from "../../route";
import { useText } from "../../text";
import { KeyNames } from "./KeyNames";

/** Ctrl+/: the keys that hold on this page, now. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { go } = useRoute();
  const shortcuts = useShortcuts();
  const all = () => {
    onClose();
    go({ page: "help", topic: "keys" });
  };
  return (
    <Modal
      open
      title={t("palette-sheet")}
      onCancel={onClose}
      footer={<Button onClick={all}>{t("palette-sheet-all")}</Button>}
    >
      <dl className="sheet">
        {shortcuts.map(({ keys, label }) => (
          <div key={keys}>
            <dt>
              <KeyNames keys={keys} />
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
