import type { Milestone, Names, PromiseTerm, Scenario, Step } from '#scenario/contract';

/** One difference between two versions of a scenario, for people: what happened to which thing, and from what to what. */
export interface Change {
  readonly how: 'added' | 'removed' | 'changed' | 'moved';
  readonly what: 'scenario' | 'stage' | 'milestone' | 'step' | 'promise' | 'term' | 'wait' | 'exception';
  /** What the thing is called: its names, a step's type, a code. */
  readonly name: Names | string;
  /** The milestone that a step or a promise belongs to. */
  readonly of?: Names | string;
  readonly field?: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** The fields in which two things differ; names are told by language. */
function fields(before: object, after: object, names: readonly string[], about: Omit<Change, 'how' | 'field' | 'from' | 'to'>): Change[] {
  return names.flatMap((field): Change[] => {
    const [from, to] = [(before as Record<string, unknown>)[field], (after as Record<string, unknown>)[field]];
    if (same(from, to)) return [];
    if (field !== 'names') return [{ ...about, how: 'changed', field, from, to }];
    return (['zh', 'en'] as const).flatMap((lang): Change[] => {
      const [a, b] = [(from as Names)[lang], (to as Names)[lang]];
      return a === b ? [] : [{ ...about, how: 'changed', field: `names.${lang}`, from: a, to: b }];
    });
  });
}

/** Which of the things that stand in both lists really moved: those outside the longest run that kept its order. */
export function movedAmong(before: readonly string[], after: readonly string[]): string[] {
  const places = after.filter((key) => before.includes(key)).map((key) => ({ key, at: before.indexOf(key) }));
  const best: { length: number; back: number }[] = [];
  for (const [i, { at }] of places.entries()) {
    let [length, back] = [1, -1];
    for (let j = 0; j < i; j++) if (places[j]!.at < at && best[j]!.length + 1 > length) [length, back] = [best[j]!.length + 1, j];
    best.push({ length, back });
  }
  let at = best.reduce((top, { length }, i) => (length > (best[top]?.length ?? 0) ? i : top), best.length > 0 ? 0 : -1);
  const kept = new Set<string>();
  for (; at >= 0; at = best[at]!.back) kept.add(places[at]!.key);
  return places.filter(({ key }) => !kept.has(key)).map(({ key }) => key);
}

interface Pair<T> {
  readonly before?: T;
  readonly after?: T;
}

/** Things of two lists that are one: those of equal key, then those left over of which `alike` says so. */
function pairs<T>(before: readonly T[], after: readonly T[], key: (item: T) => string, alike: (a: T, b: T) => boolean): Pair<T>[] {
  const left = [...before];
  const take = (found: number) => (found < 0 ? undefined : left.splice(found, 1)[0]);
  const byKey = after.map((item) => take(left.findIndex((old) => key(old) === key(item))));
  const matched = after.map((item, i): Pair<T> => {
    const old = byKey[i] ?? take(left.findIndex((other) => alike(other, item)));
    return old === undefined ? { after: item } : { before: old, after: item };
  });
  return [...matched, ...left.map((item): Pair<T> => ({ before: item }))];
}

const nameOf = (list: readonly { id: string; names: Names }[], id: string): Names | string =>
  list.find((item) => item.id === id)?.names ?? id;
const inWords = (a: { names: Names }, b: { names: Names }) => same(a.names, b.names);

function stageChanges(before: Scenario, after: Scenario): Change[] {
  const moved = movedAmong(
    before.stages.map((s) => s.id),
    after.stages.map((s) => s.id),
  );
  return pairs(before.stages, after.stages, (s) => s.id, inWords).flatMap(({ before: a, after: b }): Change[] => {
    if (!a) return [{ how: 'added', what: 'stage', name: b!.names }];
    if (!b) return [{ how: 'removed', what: 'stage', name: a.names }];
    const about = { what: 'stage', name: a.names } as const;
    return [...fields(a, b, ['id', 'names', 'optional'], about), ...(moved.includes(b.id) ? [{ ...about, how: 'moved' } as const] : [])];
  });
}

const stepKey = ({ source, type }: Step) => `${source} ${type}`;
const MILESTONE_FIELDS = ['id', 'names', 'stage', 'holder', 'optional'];
const STEP_FIELDS = ['type', 'source', 'p50', 'p90', 'optional', 'closes'];

/** What happened to the steps of one milestone; one that stands in another milestone now is told there. */
function stepChanges(a: Milestone, b: Milestone, elsewhere: (step: Step) => { from?: Names; to?: Names }): Change[] {
  const about = (step: Step) => ({ what: 'step', name: step.type, of: b.names }) as const;
  const moved = movedAmong(a.steps.map(stepKey), b.steps.map(stepKey));
  const alike = (x: Step, y: Step) =>
    !b.steps.some((s) => stepKey(s) === stepKey(x)) && (x.type === y.type || a.steps.indexOf(x) === b.steps.indexOf(y));
  const came = (step: Step) => elsewhere(step).from;
  const paired = pairs(
    a.steps.filter((step) => !elsewhere(step).to),
    b.steps.filter((step) => !came(step)),
    stepKey,
    alike,
  );
  return [
    ...paired.flatMap(({ before: x, after: y }): Change[] => {
      if (!x) return [{ ...about(y!), how: 'added', to: y }];
      if (!y) return [{ ...about(x), how: 'removed', from: x }];
      return [...fields(x, y, STEP_FIELDS, about(x)), ...(moved.includes(stepKey(y)) ? [{ ...about(y), how: 'moved' } as const] : [])];
    }),
    ...b.steps.filter(came).map((step): Change => ({ ...about(step), how: 'moved', from: came(step), to: b.names })),
  ];
}

function milestoneChanges(before: Scenario, after: Scenario): Change[] {
  const alike = (a: Milestone, b: Milestone) => !after.milestones.some((m) => m.id === a.id) && (same(a.steps, b.steps) || inWords(a, b));
  const paired = pairs(before.milestones, after.milestones, (m) => m.id, alike);
  const home = (side: 'before' | 'after', step: Step) => paired.find((pair) => pair[side]?.steps.some((s) => stepKey(s) === stepKey(step)));
  const elsewhere = (step: Step) => {
    const [was, is] = [home('before', step), home('after', step)];
    return was && is && was !== is ? { from: was.before!.names, to: is.after!.names } : {};
  };
  const renamed = new Map(pairs(before.stages, after.stages, (one) => one.id, inWords).map((pair) => [pair.before?.id, pair.after?.id]));
  const stageThen = (m: Milestone) => renamed.get(m.stage) ?? m.stage;
  const moved = paired.flatMap(({ before: a, after: b }) => (a && b && stageThen(a) === b.stage ? [{ a, b }] : []));
  const strayed = after.stages.flatMap(({ id }) => {
    const inside = moved.filter(({ b }) => b.stage === id);
    const then = inside.toSorted((x, y) => before.milestones.indexOf(x.a) - before.milestones.indexOf(y.a));
    const now = inside.toSorted((x, y) => after.milestones.indexOf(x.b) - after.milestones.indexOf(y.b));
    return movedAmong(
      then.map(({ a }) => a.id),
      now.map(({ a }) => a.id),
    );
  });
  return paired.flatMap(({ before: a, after: b }): Change[] => {
    if (!a) return [{ how: 'added', what: 'milestone', name: b!.names, of: nameOf(after.stages, b!.stage) }];
    if (!b) return [{ how: 'removed', what: 'milestone', name: a.names, of: nameOf(before.stages, a.stage) }];
    const about = { what: 'milestone', name: a.names } as const;
    const own = fields({ ...a, stage: stageThen(a) }, b, MILESTONE_FIELDS, about).map((c) =>
      c.field === 'stage' ? { ...c, from: nameOf(before.stages, a.stage), to: nameOf(after.stages, b.stage) } : c,
    );
    const place = strayed.includes(a.id) ? [{ ...about, how: 'moved' } as const] : [];
    return [...own, ...place, ...stepChanges(a, b, elsewhere)];
  });
}

const TERM_FIELDS = ['from', 'fromStep', 'seconds', 'clock'];

function promiseChanges(before: Scenario, after: Scenario): Change[] {
  const key = (term: PromiseTerm) => `${term.milestone} ${term.when ?? ''} ${term.from ?? ''} ${term.fromStep ?? ''}`;
  const about = (s: Scenario, term: PromiseTerm) =>
    ({ what: 'term', name: nameOf(s.milestones, term.milestone), ...(term.when && { of: term.when }) }) as const;
  const alike = (a: PromiseTerm, b: PromiseTerm) => a.milestone === b.milestone;
  const milestones = (value: unknown) => (typeof value === 'string' ? nameOf([...after.milestones, ...before.milestones], value) : value);
  const terms = pairs(before.promise.terms, after.promise.terms, key, alike).flatMap(({ before: a, after: b }): Change[] => {
    if (!a) return [{ ...about(after, b!), how: 'added', to: b }];
    if (!b) return [{ ...about(before, a), how: 'removed', from: a }];
    return fields(a, b, ['when', ...TERM_FIELDS], about(after, b)).map((c) =>
      c.field === 'from' ? { ...c, from: milestones(c.from), to: milestones(c.to) } : c,
    );
  });
  const keys = (s: Scenario) => s.promise.terms.map(key);
  const order = movedAmong(keys(before), keys(after)).map(
    (k): Change => ({ ...about(after, after.promise.terms.find((term) => key(term) === k)!), how: 'moved' }),
  );
  return [...fields(before.promise, after.promise, ['names', 'slot'], { what: 'promise', name: '' }), ...terms, ...order];
}

const listChanges = (what: 'wait' | 'exception', before: readonly string[], after: readonly string[]): Change[] => [
  ...after.filter((code) => !before.includes(code)).map((name): Change => ({ how: 'added', what, name })),
  ...before.filter((code) => !after.includes(code)).map((name): Change => ({ how: 'removed', what, name })),
  ...movedAmong(before, after).map((name): Change => ({ how: 'moved', what, name })),
];

/** Everything in which `after` is another scenario than `before`, in the order a person reads one; the version's number is no difference. */
export const changes = (before: Scenario, after: Scenario): Change[] => [
  ...fields(before, after, ['names', 'root'], { what: 'scenario', name: '' }),
  ...stageChanges(before, after),
  ...milestoneChanges(before, after),
  ...promiseChanges(before, after),
  ...listChanges('wait', before.waits, after.waits),
  ...listChanges('exception', before.exceptions, after.exceptions),
];
