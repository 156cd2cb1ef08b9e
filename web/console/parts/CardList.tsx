import type { ReactNode } from 'react';

interface Head {
  /** What opens the row. */
  name: string;
  /** The same in a sentence, where the name alone does not say what it opens. */
  label?: string;
  className: string;
  /** What the row is, beside its name. */
  sign: ReactNode;
}

interface Props<Row> {
  rows: readonly Row[];
  onOpen: (id: string) => void;
  head: (row: Row) => Head;
  children: (row: Row) => ReactNode;
}

/** The rows of a list on a phone: what opens each on top, its words below. */
export function CardList<Row extends { readonly id: string }>({ rows, onOpen, head, children }: Props<Row>) {
  return (
    <ul className="c-cards">
      {rows.map((row) => {
        const { name, label, className, sign } = head(row);
        return (
          <li key={row.id} className="c-order-card">
            <div className="c-order-card-head">
              <button type="button" className={`c-link ${className}`} aria-label={label} onClick={() => onOpen(row.id)}>
                {name}
              </button>
              {sign}
            </div>
            {children(row)}
          </li>
        );
      })}
    </ul>
  );
}
