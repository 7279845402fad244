import { CopyOutlined, PrinterOutlined } from "@ant-design/icons";
import { Alert, Button, Input, Modal } from "antd";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { Field } from "../../parts/page";
import { useShortcut } from "../../parts/shortcuts";
import { Data } from "../../parts/values";
import { useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { useRecoveryKey } from "./created";
import "./session.css";

/** Seconds after which a copied secret leaves the clipboard. */
const CLIPBOARD_SECONDS = 10;

/** The recovery key, shown once, above everything, until its last group was typed from the paper. */
export function RecoveryKey() {
  const { key, done } = useRecoveryKey();
  return key === null ? null : <Shown recoveryKey={key} onDone={done} />;
}

function Shown({ recoveryKey, onDone }: { recoveryKey: string; onDone: () => void }) {
  const { t } = useText();
  const { status } = useSession();
  const id = useId();
  // A group may come twice; its place is what it is known by.
  const groups = recoveryKey.split("-").map((group, index) => ({ group, place: index + 1 }));
  const last = groups[groups.length - 1]?.group ?? "";
  const [typed, setTyped] = useState("");
  const wrong = typed.trim().length >= last.length && typed.trim().toUpperCase() !== last;
  const right = typed.trim().toUpperCase() === last;
  useShortcut("Ctrl+P", "session-recovery-print", () => window.print());
  return (
    <Modal
      open
      width={640}
      title={t("session-recovery-title")}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" disabled={!right} onClick={onDone}>
          {t("session-recovery-done")}
        </Button>
      }
    >
      <div className="stack">
        <p>{t("session-recovery-hint")}</p>
        <div className="recovery-sheet">
          <p className="recovery-whose">
            {t("session-recovery-sheet")}
            {status.profile && (
              <>
                {" · "}
                <Data>{status.profile.name}</Data>
              </>
            )}
          </p>
          <ol className="recovery-groups">
            {groups.map(({ group, place }) => (
              <li key={place}>
                <code>{group}</code>
              </li>
            ))}
          </ol>
          <p className="recovery-note">{t("session-recovery-sheet-note")}</p>
        </div>
        <div className="row">
          <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
            {t("session-recovery-print")}
          </Button>
          <CopyForAWhile text={recoveryKey} />
        </div>
        <Alert type="warning" showIcon title={t("session-recovery-once")} />
        <Field
          label={t("session-recovery-confirm", { number: groups.length })}
          id={id}
          required
          help={wrong && <span className="wrong">{t("session-recovery-wrong")}</span>}
        >
          <Input
            id={id}
            className="recovery-typed"
            autoComplete="off"
            spellCheck={false}
            maxLength={last.length + 2}
            status={wrong ? "error" : ""}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onPressEnter={() => right && onDone()}
          />
        </Field>
      </div>
    </Modal>
  );
}

/** Copies a secret, and takes it out of the clipboard again: after ten seconds, with a lock, or when it leaves the screen. */
function CopyForAWhile({ text }: { text: string }) {
  const host = useHost();
  const { t } = useText();
  const { database } = useSession().status;
  const [forNoHistory, setForNoHistory] = useState(false);
  const [left, setLeft] = useState<number | "cleared" | "stuck" | null>(null);
  const timer = useRef<ReturnType<typeof setInterval>>(undefined);
  const held = useRef(false);
  useEffect(
    () => () => {
      clearInterval(timer.current);
      if (held.current) void host.clearSecret(text).catch(() => undefined);
    },
    [host, text],
  );
  const clear = useCallback(async () => {
    clearInterval(timer.current);
    held.current = false;
    await host.clearSecret(text).then(
      () => setLeft("cleared"),
      () => setLeft("stuck"),
    );
  }, [host, text]);
  useEffect(() => {
    if (database !== "open" && held.current) void clear();
  }, [database, clear]);
  const copy = async () => {
    clearInterval(timer.current);
    setForNoHistory(await host.copySecret(text));
    held.current = true;
    let seconds = CLIPBOARD_SECONDS;
    setLeft(seconds);
    timer.current = setInterval(() => {
      seconds -= 1;
      if (seconds > 0) setLeft(seconds);
      else void clear();
    }, 1000);
  };
  return (
    <>
      <Button icon={<CopyOutlined aria-hidden />} onClick={() => void copy()}>
        {t("session-recovery-copy")}
      </Button>
      <span className={left === "stuck" ? "wrong" : "quiet"} role="status">
        {typeof left === "number" && t("session-recovery-copied", { seconds: left })}
        {left === "cleared" && t("session-recovery-cleared")}
        {left === "stuck" && t("session-recovery-stuck")}
      </span>
      {left !== null && (
        <span className={forNoHistory ? "quiet" : "wrong"} role="status">
          {t(forNoHistory ? "session-recovery-no-history" : "session-recovery-history")}
        </span>
      )}
    </>
  );
}
