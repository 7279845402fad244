import { Button, Modal } from "antd";
import type { ReactNode } from "react";
import { useRoute } from "../route";
import { useText } from "../text";
import { Data } from "./values";

interface Props {
  title: string;
  /** The case, once it was found. */
  found: { id: string; firm_name: string } | undefined;
  /** What is said of it. */
  told: ReactNode;
  onDecided: () => void;
  /** What is said while it is looked for, or where there is none. */
  children: ReactNode;
}

/** A case that something from outside leads to: it is opened once somebody said so here. */
export function CaseFound({ title, found, told, onDecided, children }: Props) {
  const { t } = useText();
  const { go } = useRoute();
  const open = () => {
    onDecided();
    if (found) go({ page: "case", id: found.id });
  };
  return (
    <Modal
      open
      title={title}
      onCancel={onDecided}
      footer={
        <>
          <Button onClick={onDecided}>{t(found ? "link-leave" : "link-close")}</Button>
          {found && (
            <Button type="primary" autoFocus onClick={open}>
              {t("link-open")}
            </Button>
          )}
        </>
      }
    >
      {children}
      {found && (
        <>
          {told}
          <p>
            <Data>{found.firm_name}</Data>
          </p>
        </>
      )}
    </Modal>
  );
}
