import type { Freshness, TagKind, TagView } from '#tag/contract';

/** What narrows the catalogue: plain texts, because they live in the address. */
export interface TagFilter {
  q?: string | undefined;
  kind?: string | undefined;
  source?: string | undefined;
  /** How it is made: `MADE`. */
  made?: string | undefined;
  owner?: string | undefined;
  /** A state of `Freshness`. */
  fresh?: string | undefined;
  /** More than so many percent since the day before. */
  moved?: string | undefined;
}

/** The source of tags that rules make, and of those that the program keeps itself. */
export const RULE = 'rule';
export const OURS = 'glasshouse';
/** Scores are loaded like other tags and known by their names. */
const isScore = (name: string): boolean => name.startsWith('score.');

/** How a tag is made: by rule, by a model, by the program, else it is imported; nobody knows before the first load. */
export function madeBy({ name, source }: Pick<TagView, 'name' | 'source'>): 'rule' | 'model' | 'system' | 'import' | '' {
  if (source === RULE) return 'rule';
  if (source === OURS) return 'system';
  if (source === null) return '';
  return source === 'model' || isScore(name) ? 'model' : 'import';
}

export const KINDS: readonly TagKind[] = ['flag', 'oneOf', 'number', 'date'];

/** A tag with how fresh it is. */
export interface TagLine {
  readonly tag: TagView;
  readonly fresh: Freshness;
}

const wordsOf = ({ name, names, meaning, owner }: TagView): string =>
  [name, names.zh, names.en, meaning.zh, meaning.en, owner ?? ''].join(' ').toLowerCase();

/** Every word that was typed must stand somewhere in its name, words, meaning or owner. */
const says = (tag: TagView, q: string): boolean => {
  const words = wordsOf(tag);
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
};

type Field = 'kind' | 'made' | 'source' | 'owner' | 'fresh';
const readOf: Record<Field, (line: TagLine) => string> = {
  kind: ({ tag }) => tag.kind,
  made: ({ tag }) => madeBy(tag),
  source: ({ tag }) => tag.source ?? '',
  owner: ({ tag }) => tag.owner ?? '',
  fresh: ({ fresh }) => fresh.is,
};
const FIELDS = Object.keys(readOf) as Field[];

/** How many percent a tag's figures moved since the day before; from nothing it is more than any. Unknown: none. */
const movedBy = ({ tag: { movement } }: TagLine): number => {
  if (movement === null) return 0;
  return movement.share === null ? Number.POSITIVE_INFINITY : Math.abs(movement.share) * 100;
};

export const MOVED = ['0', '1', '5', '10', '20', '50'] as const;

const passes = (line: TagLine, filter: TagFilter, but?: Field): boolean =>
  (!filter.q?.trim() || says(line.tag, filter.q.trim())) &&
  (!filter.moved || movedBy(line) > Number(filter.moved)) &&
  FIELDS.every((field) => field === but || !filter[field] || readOf[field](line) === filter[field]);

export const found = (lines: readonly TagLine[], filter: TagFilter): TagLine[] => lines.filter((line) => passes(line, filter));

/** How many tags each value of a field would leave, the other conditions held; the commonest first. */
export function choices(lines: readonly TagLine[], filter: TagFilter, field: Field): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const value = readOf[field](line);
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + (passes(line, filter, field) ? 1 : 0));
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

const LATE_FIRST: Record<Freshness['is'], number> = { late: 0, fresh: 1, unsaid: 2, never: 3 };

export const SORTS = ['name', 'known', 'loaded', 'fresh', 'moved'] as const;
export type Sort = (typeof SORTS)[number];

/** In the order wished; `name` by the words shown, which `nameOf` gives. */
export function inOrder(lines: readonly TagLine[], sort: string | undefined, nameOf: (tag: TagView) => string): TagLine[] {
  const byName = (a: TagLine, b: TagLine) => nameOf(a.tag).localeCompare(nameOf(b.tag));
  const by: Record<Sort, (a: TagLine, b: TagLine) => number> = {
    name: byName,
    known: (a, b) => b.tag.known - a.tag.known || byName(a, b),
    loaded: (a, b) => (b.tag.loadedAt ?? '').localeCompare(a.tag.loadedAt ?? '') || byName(a, b),
    moved: (a, b) => Math.sign(movedBy(b) - movedBy(a)) || byName(a, b),
    fresh: (a, b) => LATE_FIRST[a.fresh.is] - LATE_FIRST[b.fresh.is] || byName(a, b),
  };
  const wished = SORTS.find((one) => one === sort);
  return wished ? [...lines].sort(by[wished]) : [...lines];
}
