import { isRefusal, type Refusal, refuse } from '#platform/result';
import { dayOf, decimalOf, resolved, unitsOf } from './bounds.ts';
import type { Bound, Catalogue, Definition, NamedTag, RelativeDay } from './model.ts';
import { nearest } from './nearest.ts';

/** Reads a definition by hand: whoever wrote it is told the exact place of the first mistake. The form is described in docs/audiences.md. */

export const MOST_DEEP = 32;
export const MOST_CONDITIONS = 500;
export const MOST_VALUES = 5_000;
const MOST_PEOPLE = 1_000_000_000;
const MOST_DAYS = 40_000;
const MOST_MONTHS = 1_300;

type Json = Readonly<Record<string, unknown>>;
type Read<T> = T | Refusal;

/** Where the reader stands, and what it has met on its way. */
interface Place {
  readonly path: string;
  readonly deep: number;
  /** Saved audiences that are being read, from the outermost. */
  readonly within: readonly string[];
  /** Within a saved audience, which may name what the caller may not. */
  readonly inside: boolean;
  readonly met: { conditions: number; values: number };
  readonly catalogue: Catalogue;
}

/**
 * `path`: of the field that the definition was sent in; `within`: the saved audience that it is to be; `wording`: a saved one may name what is not open
 * to the caller, since whoever saved it might.
 */
export function readDefinition(
  json: unknown,
  catalogue: Catalogue,
  { path = 'where', within, wording = 'sent' }: { path?: string; within?: string; wording?: 'sent' | 'saved' } = {},
): Read<Definition> {
  return read(json, {
    path,
    deep: 1,
    within: within === undefined ? [] : [within],
    inside: wording === 'saved',
    met: { conditions: 0, values: 0 },
    catalogue,
  });
}

const at = (place: Place, field: string): Place => ({ ...place, path: `${place.path}.${field}` });
const below = (place: Place, field: string): Place => ({ ...at(place, field), deep: place.deep + 1 });
const mistake = (code: string, { path }: { path: string }, details: object = {}): Refusal =>
  refuse(`audience.${code}`, { path, ...details });

const isObject = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x);
const isWhole = (x: unknown, most: number): x is number => Number.isSafeInteger(x) && Math.abs(x as number) <= most;

/** Each kind of condition: the field that tells it, the fields that may stand beside it, how it is read. */
const forms: Readonly<Record<string, { beside: readonly string[]; read: (json: Json, place: Place) => Read<Definition> }>> = {
  and: { beside: [], read: (json, place) => members('and', json, place) },
  or: { beside: [], read: (json, place) => members('or', json, place) },
  not: { beside: [], read: negation },
  tag: { beside: ['is', 'oneOf', 'from', 'to', 'known'], read: onTag },
  audience: { beside: [], read: saved },
  list: { beside: [], read: listed },
  top: { beside: [], read: best },
  sample: { beside: [], read: drawn },
};

function read(json: unknown, place: Place): Read<Definition> {
  if (!isObject(json)) return mistake('not-a-condition', place);
  if (place.deep > MOST_DEEP) return mistake('too-deep', place, { most: MOST_DEEP });
  if (++place.met.conditions > MOST_CONDITIONS) return mistake('too-many-conditions', place, { most: MOST_CONDITIONS });
  const fields = Object.keys(json);
  const kind = fields.find((f) => Object.hasOwn(forms, f));
  if (kind === undefined) return fields.length === 0 ? mistake('not-a-condition', place) : unknownField(fields[0] as string, place);
  const form = forms[kind] as (typeof forms)[string];
  const stray = strayField(json, [kind, ...form.beside], place);
  return stray ?? form.read(json, place);
}

function unknownField(field: string, place: Place): Refusal {
  return refuse('request.unknown-field', { path: at(place, field.slice(0, 64)).path });
}

/** A field that must not stand here: another condition's, or one that nobody knows. */
function strayField(json: Json, allowed: readonly string[], place: Place): Refusal | undefined {
  const stray = Object.keys(json).find((f) => !allowed.includes(f));
  if (stray === undefined) return undefined;
  return Object.hasOwn(forms, stray) ? mistake('two-conditions', at(place, stray)) : unknownField(stray, place);
}

/** Reads each of a list; the first mistake ends it. */
function each<T>(list: readonly unknown[], readOne: (x: unknown, i: number) => Read<T>): Read<T[]> {
  const out: T[] = [];
  for (const [i, x] of list.entries()) {
    const one = readOne(x, i);
    if (isRefusal(one)) return one;
    out.push(one as T);
  }
  return out;
}

function members(op: 'and' | 'or', json: Json, place: Place): Read<Definition> {
  const list = json[op];
  if (!Array.isArray(list)) return mistake('not-a-list', at(place, op));
  const of = each(list, (x, i) => read(x, below(place, `${op}[${i}]`)));
  return isRefusal(of) ? of : { op, of };
}

function negation(json: Json, place: Place): Read<Definition> {
  const of = read(json.not, below(place, 'not'));
  return isRefusal(of) ? of : { op: 'not', of };
}

/** What was perhaps meant, for a program and for the sentence. */
const hinted = (names: readonly string[]) => ({ nearest: names, hint: names.length === 0 ? '' : ` (${names.join(', ')}?)` });

function tagNamed(name: unknown, place: Place): Read<NamedTag> {
  if (typeof name !== 'string') return mistake('not-a-text', place);
  const { tags } = place.catalogue;
  return tags.get(name) ?? mistake('unknown-tag', place, { tag: name.slice(0, 64), ...hinted(nearest(name, tags.keys())) });
}

/** The ways to ask of a tag, and the kinds that they are for. */
const asks: readonly {
  fields: readonly string[];
  kinds: readonly string[];
  read: (tag: NamedTag, json: Json, place: Place) => Read<Definition>;
}[] = [
  { fields: ['known'], kinds: ['flag', 'oneOf', 'number', 'date'], read: knowing },
  { fields: ['is'], kinds: ['flag', 'oneOf'], read: being },
  { fields: ['oneOf'], kinds: ['oneOf'], read: among },
  { fields: ['from', 'to'], kinds: ['number', 'date'], read: between },
];

function onTag(json: Json, place: Place): Read<Definition> {
  const tag = tagNamed(json.tag, at(place, 'tag'));
  if (isRefusal(tag)) return tag;
  const asked = asks.filter(({ fields }) => fields.some((f) => Object.hasOwn(json, f)));
  const [ask, second] = asked;
  const field = (of: typeof ask) => of?.fields.find((f) => Object.hasOwn(json, f)) as string;
  const fitting = asks.filter(({ kinds }) => kinds.includes(tag.kind)).flatMap(({ fields }) => fields);
  if (ask === undefined) return mistake('asks-nothing', place, { tag: tag.name, fitting });
  if (second !== undefined) return mistake('two-conditions', at(place, field(second)));
  if (!ask.kinds.includes(tag.kind)) return mistake('wrong-kind', at(place, field(ask)), { tag: tag.name, field: field(ask), fitting });
  return ask.read(tag, json, place);
}

function knowing(tag: NamedTag, { known }: Json, place: Place): Read<Definition> {
  return typeof known === 'boolean' ? { op: 'known', tag, known } : mistake('not-yes-or-no', at(place, 'known'));
}

function being(tag: NamedTag, { is }: Json, place: Place): Read<Definition> {
  if (tag.kind === 'flag') return typeof is === 'boolean' ? { op: 'flag', tag, yes: is } : mistake('not-yes-or-no', at(place, 'is'));
  const code = codeOf(tag, is, at(place, 'is'));
  return isRefusal(code) ? code : { op: 'among', tag, codes: [code] };
}

const codesOf = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function codeOf(tag: NamedTag, value: unknown, place: Place): Read<number> {
  if (typeof value !== 'string') return mistake('not-a-text', place);
  const codes = codesOf.get(tag.values) ?? new Map(tag.values.map((v, i) => [v, i + 1]));
  codesOf.set(tag.values, codes);
  return codes.get(value) ?? mistake('not-a-value', place, { tag: tag.name, ...hinted(nearest(value, tag.values)) });
}

function among(tag: NamedTag, { oneOf }: Json, place: Place): Read<Definition> {
  if (!Array.isArray(oneOf)) return mistake('not-a-list', at(place, 'oneOf'));
  place.met.values += oneOf.length;
  if (place.met.values > MOST_VALUES) return mistake('too-many-values', at(place, 'oneOf'), { most: MOST_VALUES });
  const codes = each(oneOf, (v, i) => codeOf(tag, v, at(place, `oneOf[${i}]`)));
  return isRefusal(codes) ? codes : { op: 'among', tag, codes: [...new Set(codes)] };
}

function between(tag: NamedTag, json: Json, place: Place): Read<Definition> {
  const end = (name: 'from' | 'to'): Read<Bound | null> => {
    if (!Object.hasOwn(json, name)) return null;
    return tag.kind === 'date' ? dateEnd(json[name], at(place, name)) : numberEnd(json[name], { tag, end: name }, at(place, name));
  };
  const from = end('from');
  if (isRefusal(from)) return from;
  const to = end('to');
  if (isRefusal(to)) return to;
  if (from !== null && to !== null && areTurned(json.from, json.to, from, to)) return mistake('from-after-to', at(place, 'from'));
  return { op: 'range', tag, from, to };
}

/** Turned for good: a fixed end and a relative one pass each other on some day, and mean nobody until then. */
function areTurned(a: unknown, b: unknown, from: Bound, to: Bound): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a > b;
  const forms = [a, b].map((x) => (isObject(x) ? `${'months' in x}${String(x.edge)}` : 'fixed'));
  return forms[0] === forms[1] && from.units > to.units;
}

function numberEnd(value: unknown, { tag, end }: { tag: NamedTag; end: 'from' | 'to' }, place: Place): Read<Bound> {
  if (typeof value !== 'number' || !Number.isFinite(value)) return mistake('not-a-number', place);
  const units = unitsOf(value, tag.scale, end);
  return units === undefined ? mistake('too-far', place) : { units, said: decimalOf(value) };
}

function dateEnd(value: unknown, place: Place): Read<Bound> {
  if (typeof value === 'string') {
    const units = dayOf(value);
    return units === undefined ? mistake('not-a-date', place) : { units, said: value };
  }
  if (!isObject(value)) return mistake('not-a-date', place);
  const said = relativeDay(value, place);
  return isRefusal(said) ? said : { units: resolved(said, place.catalogue.today), said };
}

function relativeDay(json: Json, place: Place): Read<RelativeDay> {
  const stray = Object.keys(json).find((f) => !['days', 'months', 'edge'].includes(f));
  if (stray !== undefined) return unknownField(stray, place);
  const { days, months, edge } = json;
  if (days === undefined && months === undefined) return mistake('not-a-date', place);
  if (days !== undefined && !isWhole(days, MOST_DAYS)) return mistake('not-whole', at(place, 'days'), { most: MOST_DAYS });
  if (months !== undefined && !isWhole(months, MOST_MONTHS)) return mistake('not-whole', at(place, 'months'), { most: MOST_MONTHS });
  if (edge !== undefined && ((edge !== 'start' && edge !== 'end') || months === undefined)) return mistake('bad-edge', at(place, 'edge'));
  return {
    ...(days === undefined ? {} : { days }),
    ...(months === undefined ? {} : { months }),
    ...(edge === undefined ? {} : { edge: edge as 'start' | 'end' }),
  };
}

function saved({ audience: id }: Json, place: Place): Read<Definition> {
  const here = at(place, 'audience');
  if (typeof id !== 'string') return mistake('not-a-text', here);
  if (place.within.includes(id)) return mistake('circle', here);
  const found = place.catalogue.audiences.get(id);
  if (found === undefined || (!place.inside && !found.open)) return mistake('unknown-audience', here);
  const of = read(found.where, { ...place, path: 'where', deep: place.deep + 1, within: [...place.within, id], inside: true });
  if (!isRefusal(of)) return { op: 'audience', id, name: found.name, open: found.open, of };
  const isOurs = ['audience.circle', 'audience.too-deep', 'audience.too-many-conditions', 'audience.too-many-values'].includes(of.code);
  return isOurs
    ? refuse(of.code, { ...of.details, path: here.path })
    : mistake('broken', here, { audience: found.name, inside: of.details.path });
}

function listed({ list: id }: Json, place: Place): Read<Definition> {
  if (typeof id !== 'string') return mistake('not-a-text', at(place, 'list'));
  const found = place.catalogue.lists.get(id);
  if (found === undefined || (!place.inside && !found.open)) return mistake('unknown-list', at(place, 'list'));
  return { op: 'list', id, name: found.name, tag: found.tag };
}

function best({ top }: Json, place: Place): Read<Definition> {
  const here = at(place, 'top');
  if (!isObject(top)) return mistake('not-a-condition', here);
  const stray = strayField(top, ['n', 'by', 'order', 'of'], here);
  if (stray !== undefined) return stray;
  const { n, order = 'highest' } = top;
  if (!isWhole(n, MOST_PEOPLE) || n < 1) return mistake('not-whole-positive', at(here, 'n'), { most: MOST_PEOPLE });
  const by = tagNamed(top.by, at(here, 'by'));
  if (isRefusal(by)) return by;
  if (by.kind !== 'number') return mistake('not-a-score', at(here, 'by'), { tag: by.name });
  if (order !== 'highest' && order !== 'lowest') return mistake('bad-order', at(here, 'order'));
  const of = Object.hasOwn(top, 'of') ? read(top.of, below(here, 'of')) : ({ op: 'and', of: [] } as const);
  return isRefusal(of) ? of : { op: 'top', n, by, order, of };
}

function drawn({ sample }: Json, place: Place): Read<Definition> {
  const here = at(place, 'sample');
  if (!isObject(sample)) return mistake('not-a-condition', here);
  const stray = strayField(sample, ['share', 'salt'], here);
  if (stray !== undefined) return stray;
  const { share, salt } = sample;
  if (typeof share !== 'number' || !(share > 0 && share <= 1)) return mistake('bad-share', at(here, 'share'));
  if (typeof salt !== 'string' || salt.length === 0 || salt.length > 64) return mistake('bad-salt', at(here, 'salt'));
  return { op: 'sample', share, salt };
}
