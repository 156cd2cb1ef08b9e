import { type KeyboardEvent, type ReactNode, useRef } from 'react';

export interface TabItem {
  key: string;
  label: ReactNode;
}

/** Tabs in one line that scrolls where it is too narrow; the arrow keys move along it. */
export const TabLine = ({
  items,
  active,
  label,
  onChange,
}: {
  items: TabItem[];
  active: string;
  label: string;
  onChange: (key: string) => void;
}) => {
  const line = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = items.findIndex((item) => item.key === active);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
    const item = to === undefined ? undefined : items[(to + items.length) % items.length];
    if (!item) return;
    event.preventDefault();
    onChange(item.key);
    line.current?.querySelector<HTMLElement>(`[data-tab="${item.key}"]`)?.focus();
  };
  return (
    <div ref={line} className="c-tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {items.map((item) => (
        <button
          key={item.key}
          type="button"
          role="tab"
          data-tab={item.key}
          aria-selected={item.key === active}
          tabIndex={item.key === active ? 0 : -1}
          className="c-tab"
          onClick={() => onChange(item.key)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
};
