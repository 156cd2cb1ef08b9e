import { book, calendars, offsetSpan, kinds as standardKinds } from '#scenario';
import { sourceById } from '#source';
import type { Zone } from './event.ts';
import { makeKinds, objectId, roleOf } from './objects.ts';
import { makePlan, type Plan, UNCLASSIFIED } from './plan.ts';
import type { NamedObject, SourceRules } from './prepare.ts';
import type { Folding } from './refold.ts';

/** What the fold needs, made of the scenario book and the registered sources; caches forget when a new edition is published. */

export const KINDS = makeKinds(standardKinds());

/** A person's value: compared by keyed hash, and never in an address. */
export const isPersonal = (kind: string): boolean => KINDS.personal.has(kind);

/** By scenario, then by version; −1: the current one. */
let plans = new Map<string, Map<number, Plan>>();
let edition = -1;
const CURRENT = -1;

export function planOf(scenario: string, version?: number): Plan | undefined {
  if (edition !== book.edition()) {
    plans = new Map();
    edition = book.edition();
  }
  const known = plans.get(scenario)?.get(version ?? CURRENT);
  if (known !== undefined) return known;
  const found =
    scenario === 'unclassified' ? UNCLASSIFIED : version === undefined ? book.current(scenario) : book.version(scenario, version);
  if (found === undefined) return undefined;
  const plan = makePlan(found, book.words);
  plans.set(scenario, (plans.get(scenario) ?? new Map()).set(version ?? CURRENT, plan));
  return plan;
}

const zones = new Map<string, Zone>();

/** Minutes ahead of UTC at a local wall-clock time. */
export function zoneNamed(name: string | null | undefined): Zone | undefined {
  if (!name) return undefined;
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone: Zone = (local) => offsetSpan(local - offsetSpan(local, name).offset, name).offset / 60_000;
  zones.set(name, zone);
  return zone;
}

const rules = new WeakMap<object, SourceRules>();
const UNKNOWN_SOURCE: Omit<SourceRules, 'id'> = { roles: {}, open: new Set(), scenario: null, zone: undefined };

export function rulesOf(source: string): SourceRules {
  const row = sourceById(source);
  if (row === undefined) return { id: source, ...UNKNOWN_SOURCE };
  const known = rules.get(row);
  if (known !== undefined) return known;
  const made: SourceRules = {
    id: row.id,
    roles: row.roles,
    open: row.open === 'all' ? 'all' : new Set(row.open),
    scenario: row.scenario,
    zone: zoneNamed(row.zone),
  };
  rules.set(row, made);
  return made;
}

export const makeFolding = (zone: string): Folding => ({
  zoned: { zone, calendars: new Map(calendars().map((c) => [c.id, c])) },
  plan: planOf,
  defaultOf: (source) => rulesOf(source).scenario,
  zoneOf: (source) => rulesOf(source).zone,
  objectsOf: ({ source, keys, person }) => {
    const roles = rulesOf(source).roles;
    const out: NamedObject[] = [];
    for (const kind in keys) {
      const role = roleOf(KINDS, roles, kind);
      const personal = isPersonal(kind);
      for (const v of keys[kind] ?? [])
        out.push(personal ? { id: v, kind, role, value: null } : { id: objectId(kind, role, v), kind, role, value: v });
    }
    for (const kind of ['idNumber', 'phone']) if (person?.[kind]) out.push({ id: person[kind][1], kind, role: 'context', value: null });
    return out;
  },
});
