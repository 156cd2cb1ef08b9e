import type { NewVisit, Result } from '#place/contract';

/**
 * What was typed of a visit and is not yet noted. It outlives the sheet, a lost connection and a reload, and goes with the browser's tab, since it speaks
 * of a person.
 */

export interface Unsent {
  readonly note: string;
  /** What he pressed; null: nothing yet. */
  readonly result: Result | null;
}

/** A browser may refuse even to open its store; then it lasts as long as the page. */
type Open = () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const NOTHING: Unsent = { note: '', result: null };

export interface UnsentVisits {
  of(login: string, home: string): Unsent;
  keep(login: string, home: string, unsent: Unsent): void;
  /** Calls back after each change; answers how to stop that. */
  hear(onChange: () => void): () => void;
}

export function unsentIn(open: Open): UnsentVisits {
  const known = new Map<string, Unsent>();
  const heard = new Set<() => void>();
  const nameOf = (login: string, home: string) => `glasshouse.visit.${login}.${home}`;
  const read = (name: string): Unsent => {
    try {
      const { note, result }: Partial<Unsent> = JSON.parse(open().getItem(name) ?? 'null') ?? {};
      return typeof note === 'string' ? { note, result: result ?? null } : NOTHING;
    } catch {
      return NOTHING;
    }
  };
  const write = (name: string, unsent: Unsent) => {
    try {
      if (unsent === NOTHING) open().removeItem(name);
      else open().setItem(name, JSON.stringify(unsent));
    } catch {
      // It stays in `known`.
    }
  };
  return {
    of(login, home) {
      const name = nameOf(login, home);
      const found = known.get(name) ?? read(name);
      known.set(name, found);
      return found;
    },
    keep(login, home, unsent) {
      const kept = unsent.note === '' && unsent.result === null ? NOTHING : unsent;
      known.set(nameOf(login, home), kept);
      write(nameOf(login, home), kept);
      for (const each of heard) each();
    },
    hear(onChange) {
      heard.add(onChange);
      return () => heard.delete(onChange);
    },
  };
}

/** The visit as it is sent; undefined: nothing was pressed yet. */
export const visitOf = ({ note, result }: Unsent): NewVisit | undefined =>
  result === null ? undefined : { result, ...(note.trim() && { note: note.trim() }) };
