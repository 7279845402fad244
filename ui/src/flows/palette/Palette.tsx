import { SearchOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Input, type InputRef, Modal, Spin } from "antd";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { Found } from "../../gen/wire";
import type { Refused } from "../../host/types";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useRoute } from "../../route";
import { useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { type Entry, hitsOf, pagesOf } from "./entries";
import "./palette.css";

/** What the program finds; pinyin and initials are its own affair. The last answer stands until the next is there. */
function useFound(text: string) {
  const host = useHost();
  const { status } = useSession();
  return useQuery<Found, Refused>({
    queryKey: ["upkeep.find", { text }],
    queryFn: () => host.call("upkeep.find", { text }),
    enabled: status.database === "open" && text !== "",
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** Ctrl+K: goes to any page, firm, case, certificate or dossier by a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { status } = useSession();
  const { go, begin } = useRoute();
  const id = useId();
  const input = useRef<InputRef>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const text = typed.trim();
  const found = useFound(text);
  const hits = text === "" ? [] : hitsOf(found.data?.hits ?? []);
  const entries = [...pagesOf(status, t, text), ...hits];
  const current = Math.min(at, entries.length - 1);
  const choose = (entry: Entry) => {
    onClose();
    if (entry.group === "pages") begin(entry.route);
    else go(entry.route);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entry = entries[current];
    if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      setAt((current + step + entries.length) % entries.length);
    } else if (event.key === "Enter" && entry) {
      event.preventDefault();
      choose(entry);
    }
  };
  return (
    <Modal
      open
      title={t("palette-title")}
      footer={null}
      width={600}
      className="palette"
      onCancel={onClose}
      afterOpenChange={(open) => open && input.current?.focus()}
    >
      <Input
        ref={input}
        autoFocus
        size="large"
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={entries[current] ? `${id}-${current}` : undefined}
        aria-autocomplete="list"
        aria-label={t("palette-title")}
        autoComplete="off"
        prefix={<SearchOutlined aria-hidden />}
        suffix={found.isFetching ? <Spin size="small" aria-label={t("loading")} /> : <span />}
        placeholder={t(status.database === "open" ? "palette-hint" : "palette-hint-locked")}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
        }}
        onKeyDown={pressed}
      />
      {found.error && <RefusalAlert refusal={found.error.refusal} again={() => void found.refetch()} />}
      <Choices id={id} entries={entries} current={current} onChoose={choose} onPoint={setAt} />
      <p className="only-heard" role="status">
        {t("palette-count", { count: entries.length })}
      </p>
      {entries.length === 0 && !found.isFetching && <p className="palette-none">{t("palette-none")}</p>}
    </Modal>
  );
}

interface ChoicesProps {
  id: string;
  entries: Entry[];
  current: number;
  onChoose: (entry: Entry) => void;
  onPoint: (index: number) => void;
}

/** The list below the field; the focus stays in the field, which says which of them is meant. */
function Choices({ id, entries, current, onChoose, onPoint }: ChoicesProps) {
  const { t } = useText();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [id, current]);
  return (
    <div className="palette-list" id={`${id}-list`} role="listbox" aria-label={t("palette-found")} ref={list}>
      {entries.map((entry, index) => (
        <div
          key={entry.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          className="palette-entry"
          onClick={() => onChoose(entry)}
          onKeyDown={({ key }) => key === "Enter" && onChoose(entry)}
          onPointerMove={() => index !== current && onPoint(index)}
        >
          <span className="palette-kind">{t(`palette-kind-${entry.group}`)}</span>
          <span className="palette-title">
            <Data>{entry.title}</Data>
          </span>
          <span className="quiet">
            <Data>{entry.detail}</Data>
          </span>
        </div>
      ))}
    </div>
  );
}
