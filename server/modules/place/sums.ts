import type { Caller, Desk } from '#audience';
import type { Figure } from './contract.ts';
import { both, type FigureRow, type Where } from './figures.ts';
import { isMissing, type Missing, type Shares, sharesOf } from './people.ts';

/** Figures of many places at once: each definition is counted by the places' tag in one pass. */

/** What a place has of its own. */
export interface Place {
  /** What the tag says of who lives there. */
  readonly value: string;
  readonly households: number | null;
}

export interface PlaceFigures {
  /** Everybody known there; null: nothing says where anybody lives. */
  readonly people: number | null;
  readonly figures: readonly Figure[];
}

/** `where`: within whom; `tag`: which one-of tells the places apart. */
export async function figuresOf(
  desk: Desk,
  caller: Caller,
  { rows, where, tag, places }: { rows: readonly FigureRow[]; where: Where; tag: string; places: readonly Place[] },
): Promise<Map<string, PlaceFigures>> {
  const known = new Map<string, Promise<Shares | Missing>>();
  const shares = (of: Where): Promise<Shares | Missing> => {
    const name = JSON.stringify(of);
    const before = known.get(name) ?? sharesOf(desk, caller, { where: both(where, of), tag });
    known.set(name, before);
    return before;
  };
  const everybody = await shares({ and: [] });
  const counted = await Promise.all(
    rows.map(async (row) => ({
      row,
      part: await shares(row.where),
      whole: row.of === 'households' ? null : await shares(row.of),
      unknown: row.unknown === null ? null : await shares(row.unknown),
    })),
  );
  return new Map(
    places.map((place) => {
      const people = isMissing(everybody) ? null : (everybody.by.get(place.value) ?? 0);
      const figures = counted.map(({ row, part, whole, unknown }) => figure(row.id, { ...place, people }, { part, whole, unknown }));
      return [place.value, { people, figures }];
    }),
  );
}

type Asked = Shares | Missing | null;

function figure(
  id: string,
  { value, households, people }: Place & { people: number | null },
  { part, whole, unknown }: { part: Asked; whole: Asked; unknown: Asked },
): Figure {
  const none = (missing: string): Figure => ({ id, part: null, whole: null, unknown: null, missing });
  for (const asked of [part, whole, unknown]) if (isMissing(asked)) return none(asked.missing);
  if (whole === null && households === null) return none('households');
  if (people === 0) return none('people'); // of whom nobody is known, nothing is: a share would be a zero that nobody counted
  const of = (asked: Asked): number => (asked === null || isMissing(asked) ? 0 : (asked.by.get(value) ?? 0));
  return { id, part: of(part), whole: whole === null ? households : of(whole), unknown: of(unknown), missing: null };
}
