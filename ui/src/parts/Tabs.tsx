import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

export interface Tab {
  key: string;
  label: ReactNode;
  /** A number beside the label. */
  count?: number;
  children: ReactNode;
}

interface Props {
  /** What the tabs are of, for whoever hears it. */
  name: string;
  tabs: Tab[];
  shown: string;
  onShow(key: string): void;
}

/** Tabs that break into lines where there is no room, so that none of them is hidden behind a menu. */
export function Tabs({ name, tabs, shown, onShow }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const here = tabs.find(({ key }) => key === shown) ?? tabs[0];
  const pressed = (event: KeyboardEvent) => {
    const index = tabs.findIndex(({ key }) => key === here?.key);
    const moves: Record<string, number> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1 + tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const move = moves[event.key];
    const next = move === undefined || event.altKey ? undefined : tabs[move % tabs.length];
    if (!next) return;
    event.preventDefault();
    onShow(next.key);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
  };
  return (
    <div className="tabs">
      <div ref={list} role="tablist" aria-label={name} className="tabs-list">
        {tabs.map(({ key, label, count }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            data-tab={key}
            aria-selected={key === here?.key}
            aria-controls={key === here?.key ? `${id}-panel` : undefined}
            tabIndex={key === here?.key ? 0 : -1}
            className="tab"
            onClick={() => onShow(key)}
            onKeyDown={pressed}
          >
            {label}
            {count !== undefined && <span className="tab-count">{count}</span>}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${here?.key}`} className="tab-panel">
        {here?.children}
      </div>
    </div>
  );
}
