import { type ReactNode, useEffect, useState } from 'react';
import { RevealForm, SHOWN_MS } from './RevealForm.tsx';

/** One value of a person as everybody may see it. */
export interface PersonField {
  readonly id: string;
  readonly label: string;
  readonly masked: string;
}

interface Props {
  fields: readonly PersonField[];
  /** Reasons to choose from, as they read in the trail. */
  reasons: readonly string[];
  /** The button that asks for a value, or says why there is none. */
  act: (field: PersonField, ask: () => void) => ReactNode;
  reveal: (field: string, reason: string) => Promise<string | null>;
  /** More lines of the list. */
  children?: ReactNode;
}

/** Who somebody is, masked. A value is shown for a minute, to whom may see it, for a reason that is written down. */
export const PersonFacts = ({ fields, reasons, act, reveal, children }: Props) => {
  const [shown, setShown] = useState<Readonly<Record<string, string>>>({});
  const [asked, setAsked] = useState<PersonField | null>(null);
  useEffect(() => {
    if (Object.keys(shown).length === 0) return;
    const timer = setTimeout(() => setShown({}), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <>
      <dl className="c-facts">
        {fields.map((field) => (
          <div key={field.id}>
            <dt>{field.label}</dt>
            <dd className="c-person">
              <span className={shown[field.id] ? 'c-shown' : undefined}>{shown[field.id] ?? field.masked}</span>
              {!shown[field.id] && act(field, () => setAsked(field))}
            </dd>
          </div>
        ))}
        {children}
      </dl>
      <RevealForm
        field={asked?.label ?? null}
        reasons={reasons}
        onClose={() => setAsked(null)}
        onReveal={async (reason) => {
          if (asked === null) return;
          const value = await reveal(asked.id, reason);
          if (value !== null) setShown((old) => ({ ...old, [asked.id]: value }));
        }}
      />
    </>
  );
};
