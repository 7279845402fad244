// What pages are made of: the head with its one primary button, sections, the search bar, and what stands where there
// is nothing yet.

import { ArrowLeftOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, type SyntheticEvent, useEffect, useRef } from "react";
import { useRoute } from "../route";
import { useText } from "../text";
import { errorId } from "./needed";
import { useShortcut } from "./shortcuts";

interface HeadProps {
  title: ReactNode;
  /** One line under the title. */
  lead?: ReactNode;
  /** The one primary button. */
  primary?: ReactNode;
  /** Other buttons. */
  extra?: ReactNode;
  /** Whether something else on the page takes the reader's attention. */
  quiet?: boolean;
  /** Where the way back leads if not to the page before. */
  onBack?: () => void;
}

/** The head of a page. On a page that was come to from another, it leads back there. */
export function PageHeader({ title, lead, primary, extra, quiet = false, onBack }: HeadProps) {
  const { t } = useText();
  const { behind, back } = useRoute();
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever cannot see the page hears where they are.
  useEffect(() => {
    if (!quiet) heading.current?.focus({ preventScroll: true });
  }, [quiet]);
  return (
    <header className="page-header">
      {(onBack || behind > 0) && (
        <Button
          className="page-back"
          type="text"
          icon={<ArrowLeftOutlined aria-hidden />}
          onClick={onBack ?? back}
        >
          {t("back")}
        </Button>
      )}
      <div className="page-title">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p className="quiet">{lead}</p>}
      </div>
      <div className="page-actions">
        {extra}
        {primary}
      </div>
    </header>
  );
}

/** A card with a title. */
export function Section({
  title,
  extra,
  children,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="card">
      {(title || extra) && (
        <header className="card-head">
          <h2>{title}</h2>
          {extra && <div className="card-extra">{extra}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

/** Where there is nothing: what that means, and the next step. */
export function EmptyState({
  icon,
  title,
  hint,
  action,
}: {
  icon?: ReactNode;
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      {icon && (
        <div className="empty-icon" aria-hidden>
          {icon}
        </div>
      )}
      <p className="empty-title">{title}</p>
      {hint && <p className="quiet">{hint}</p>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  );
}

/** 查询 / 重置. The first field takes Ctrl+F. */
export function SearchBar({
  children,
  onSearch,
  onReset,
  extra,
}: {
  children: ReactNode;
  onSearch: () => void;
  onReset: () => void;
  extra?: ReactNode;
}) {
  const { t } = useText();
  const form = useRef<HTMLFormElement>(null);
  useShortcut("Ctrl+F", "shortcut-filter", () => form.current?.querySelector("input")?.focus());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSearch();
  };
  return (
    <div className="card">
      <form ref={form} className="search-bar" aria-label={t("search")} onSubmit={submit}>
        {children}
        <div className="search-buttons">
          <Button type="default" htmlType="submit">
            {t("search")}
          </Button>
          <Button type="text" onClick={onReset}>
            {t("reset")}
          </Button>
          {extra}
        </div>
      </form>
    </div>
  );
}

/** A label over its field. */
export function Field({
  label,
  id,
  required = false,
  help,
  error = null,
  children,
}: {
  label: string;
  id: string;
  required?: boolean;
  help?: ReactNode;
  /** What is wrong with it, see `useFlaws`. */
  error?: string | null;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={id}>
        {required && (
          <span className="required" aria-hidden>
            *
          </span>
        )}
        {label}
      </label>
      {children}
      {error && (
        <div className="field-error" id={errorId(id)}>
          {error}
        </div>
      )}
      {help && <div className="field-help">{help}</div>}
    </div>
  );
}

/**
 * A short table that scrolls sideways where it is too wide. What scrolls takes the keys that scroll it, which not
 * every webview gives it unasked; `biome.json` leaves out the rule that wants no such place to stop at.
 */
export function TableScroll({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Scroll name={name} className="table-scroll">
      {children}
    </Scroll>
  );
}

/** What scrolls within itself, reached by the keyboard as a table is. */
export function Scroll(props: { name: string; className: string; children: ReactNode }) {
  return (
    <section className={props.className} aria-label={props.name} tabIndex={0}>
      {props.children}
    </section>
  );
}

/** Names and their values. */
export function Facts({ rows }: { rows: [name: string, value: ReactNode][] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
