import { randomInt } from 'node:crypto';
import type { Actor } from '#platform/actor';
import type { Sql } from '#platform/db';
import type { Lang } from '#platform/i18n';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { todayIn } from './bounds.ts';
import { all, any, linesPlan, othersThan, planOf, unsureOf } from './compile.ts';
import type { Counted, Overlap, Reach } from './contract.ts';
import { readDefinition } from './definition.ts';
import { type Catalogue, type Definition, linesOf } from './model.ts';
import type { Engine, Counted as EngineCounted, Plan } from './plan.ts';
import { firstAgainst, purposesOf, usesOf } from './purpose.ts';
import { scopeOf } from './scope.ts';
import { sentenceOf } from './sentence.ts';
import type { Shelf } from './shelf.ts';
import type { Viewer } from './store.ts';

/** What a question is answered with. `zone`: the operator's. */
export interface Desk {
  readonly sql: Sql;
  readonly engine: Engine;
  readonly shelf: Shelf;
  readonly zone: string;
  /** The engine's count, with a funnel or alone; the same one asked by several at a time is made once. */
  count(plan: Plan, gone?: AbortSignal): Promise<EngineCounted>;
  size(plan: Plan, gone?: AbortSignal): Promise<number>;
}

/** Who asks: his areas cut every number. `gone` is aborted when he waits no longer. */
export interface Caller {
  readonly gone?: AbortSignal;
  readonly actor: Actor;
  readonly viewer: Viewer;
  readonly lang: Lang;
}

/** A definition as the caller may ask it. */
export interface Question {
  readonly definition: Definition;
  readonly scope: Plan;
  readonly catalogue: Catalogue;
}

const DO_NOT_DISTURB = 'doNotDisturb';
/** `consent.sms` speaks of marketing, `consent.research.sms` of research. */
const consentOf = (purpose: string): RegExp => new RegExp(`^consent\\.${purpose === 'marketing' ? '' : `${purpose}\\.`}[^.]+$`);

/** Reads a definition as it was sent or saved. Refuses its mistakes. */
export async function ask(desk: Desk, caller: Caller, where: unknown, options: Parameters<typeof readDefinition>[2] = {}) {
  const catalogue = await desk.shelf.catalogueFor(desk.sql, caller.viewer, [where], todayIn(desk.zone, Date.now()));
  const definition = readDefinition(where, catalogue, options);
  if (isRefusal(definition)) return definition as Refusal;
  return { definition: definition as Definition, scope: scopeOf(caller.actor, catalogue.tags), catalogue } satisfies Question;
}

/** Milliseconds since `began`, as they are answered. */
export const msSince = (began: number): number => Math.round((performance.now() - began) * 100) / 100;

export const within = ({ scope, definition }: Question): Plan => all([scope, planOf(definition)]);

export async function count(
  desk: Desk,
  caller: Caller,
  { where, unknown, purpose }: { where?: unknown; unknown?: boolean | undefined; purpose?: string | undefined },
): Promise<Counted | Refusal> {
  const began = performance.now();
  const question = await ask(desk, caller, where);
  if (isRefusal(question)) return question;
  const { definition, scope } = question as Question;
  const uses = usesOf(definition);
  const against = purpose === undefined ? undefined : firstAgainst(uses, purpose);
  if (against !== undefined) return refuse('audience.purpose-not-allowed', { path: against.path, tag: against.tag.name, purpose });
  const lines = linesOf(definition);
  const plans = lines.map(({ line }) => planOf(line));
  const counted = await desk.count(linesPlan([scope, ...plans]), caller.gone);
  const unsure = unknown
    ? await Promise.all(lines.map(({ line }, i) => desk.size(all([scope, ...plans.slice(0, i), unsureOf(line)]), caller.gone)))
    : undefined;
  return {
    count: counted.count,
    base: counted.funnel[0] ?? 0,
    sentence: sentenceOf(definition, caller.lang),
    purposes: purposesOf(uses),
    funnel: lines.map(({ path, line }, i) => ({
      path,
      count: counted.funnel[i + 1] ?? 0,
      sentence: sentenceOf(line, caller.lang),
      ...(unsure === undefined ? {} : { unknown: unsure[i] ?? 0 }),
    })),
    ms: msSince(began),
  };
}

/** Whom each touchpoint may meet: not on the do-not-disturb list, and known to have consented. */
export async function reach(desk: Desk, caller: Caller, { where, purpose }: { where?: unknown; purpose: string }) {
  const began = performance.now();
  const question = await ask(desk, caller, where);
  if (isRefusal(question)) return question as Refusal;
  const { catalogue } = question as Question;
  const inside = within(question as Question);
  const quiet = catalogue.tags.get(DO_NOT_DISTURB);
  const open = quiet?.kind === 'flag' ? all([inside, othersThan({ op: 'flag', tag: quiet.id, side: 'yes' })]) : inside;
  const consents = [...catalogue.tags.values()].filter((t) => t.kind === 'flag' && consentOf(purpose).test(t.name));
  const [counted, left, ...touchpoints] = await Promise.all([
    desk.size(inside),
    desk.size(open),
    ...consents.map(async ({ id, name, names }) => {
      const spread = await desk.engine.distribution(open, id);
      const { yes, no, unknown } = spread.kind === 'flag' ? spread : { yes: 0, no: 0, unknown: 0 };
      return { tag: name, names, left: yes, refused: no, unknown };
    }),
  ]);
  return { count: counted, doNotDisturb: counted - left, touchpoints, ms: msSince(began) } satisfies Reach;
}

export async function overlap(desk: Desk, caller: Caller, { where }: { where: readonly unknown[] }) {
  const began = performance.now();
  const plans: Plan[] = [];
  for (const [i, one] of where.entries()) {
    const question = await ask(desk, caller, one, { path: `where[${i}]` });
    if (isRefusal(question)) return question as Refusal;
    plans.push(within(question as Question));
  }
  const { size } = desk;
  const pairs = plans.flatMap((p, a) => plans.slice(a + 1).map((q, k) => ({ a, b: a + 1 + k, plan: all([p, q]) })));
  const [counts, met, inAll, inAny] = await Promise.all([
    Promise.all(plans.map((p) => size(p))),
    Promise.all(pairs.map(async ({ a, b, plan }) => ({ a, b, count: await size(plan) }))),
    size(all(plans)),
    size(any(plans)),
  ]);
  return { counts, pairs: met, all: inAll, any: inAny, ms: msSince(began) } satisfies Overlap;
}

const SPARE = 4;

/** Ordinals of some members, not always the same ones: drawn by hash, so that they come from all places. */
export async function someOf(desk: Desk, question: Question, limit: number): Promise<{ ordinals: number[]; count: number }> {
  const inside = within(question);
  const size = await desk.size(inside);
  const share = (limit * SPARE) / Math.max(1, size);
  const below = Math.ceil(share * 2 ** 32);
  const drawn: Plan = all([inside, { op: 'sample', salt: randomInt(2 ** 32), below, side: 'in' }]);
  const few = share >= 1 ? [] : [...(await desk.engine.members(drawn, limit))];
  return { ordinals: few.length === limit ? few : [...(await desk.engine.members(inside, limit))], count: size };
}
