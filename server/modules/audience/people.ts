import { audit } from '#platform/audit';
import type { Ctx } from '#platform/db';
import { isRefusal, type Refusal, refuse } from '#platform/result';
import { EVERYONE } from '#tag';
import { dateOf } from './bounds.ts';
import type { Why } from './contract.ts';
import { type Leaf, tagsIn } from './model.ts';
import type { Plan } from './plan.ts';
import { sentenceOf } from './sentence.ts';
import { ask, type Caller, type Desk, msSince, type Question, someOf } from './service.ts';
import { type Asked, deciding, judge, linesOf, tagOf } from './why.ts';

/** What this module asks of whoever knows customers by name. */
export interface Customers {
  /** Cards of customers, masked, in the order asked; who is not there is left out. */
  cardsOf(ctx: Ctx, ordinals: readonly number[]): Promise<readonly object[]>;
  /** Undefined for an id that nobody has. */
  ordinalOf(ctx: Ctx, id: string): Promise<number | undefined>;
}

/** A few masked members. Written down: people are shown. */
export async function examples(
  ctx: Ctx,
  desk: Desk,
  caller: Caller,
  { where, limit, customers }: { where?: unknown; limit: number; customers: Customers },
) {
  const began = performance.now();
  const question = await ask(desk, caller, where);
  if (isRefusal(question)) return question as Refusal;
  const { ordinals, count } = await someOf(desk, question as Question, limit);
  const items = [...(await customers.cardsOf(ctx, ordinals))];
  await audit(ctx, 'audience.examples-shown', 'audience:examples', { details: { where, shown: items.length } });
  return { items: items.map((card) => ({ ...card })), count, ms: msSince(began) };
}

/** Why one customer is in or out, line by line. Refuses `thing.not-found` for one who is not there, or not in the caller's areas. */
export async function why(
  ctx: Ctx,
  desk: Desk,
  caller: Caller,
  { where, customer, customers }: { where?: unknown; customer: string; customers: Customers },
) {
  const began = performance.now();
  const asked = await ask(desk, caller, where);
  if (isRefusal(asked)) return asked as Refusal;
  const { definition, scope, catalogue } = asked as Question;
  const ordinal = await customers.ordinalOf(ctx, customer);
  if (ordinal === undefined) return refuse('thing.not-found');
  const tags = [...tagsIn(definition).add(EVERYONE), ...areaIn(scope)];
  const values = new Map((await desk.engine.valuesOf(ordinal, tags)).map((v, i) => [tags[i] as number, v]));
  if (values.get(EVERYONE) !== 1 || !isWithin(scope, values)) return refuse('thing.not-found');
  const of: Asked = { ordinal, values: unknownCodes(values, catalogue), engine: desk.engine };
  const whole = await judge(definition, of);
  const decided = deciding(whole);
  await audit(ctx, 'audience.why-asked', `customer:${customer}`, { details: { where } });
  return {
    inside: whole.verdict === 'true',
    verdict: whole.verdict,
    sentence: sentenceOf(definition, caller.lang),
    lines: linesOf(whole).map(({ judged, leaf, rank }) => ({
      path: judged.path,
      sentence: sentenceOf(judged.definition, caller.lang),
      verdict: judged.verdict,
      decides: decided.has(judged),
      ...shown(leaf, of.values),
      ...(rank === undefined ? {} : { rank }),
    })),
    ms: msSince(began),
  } satisfies Why;
}

const areaIn = (scope: Plan): number[] => (scope.op === 'codes' ? [scope.tag] : []);

/** A scope is everybody, nobody, or some codes of one tag. */
const isWithin = (scope: Plan, values: ReadonlyMap<number, number | null>): boolean =>
  scope.op === 'everyone' || (scope.op === 'codes' && scope.codes.includes(values.get(scope.tag) ?? 0));

/** The engine answers 0 for a one-of that is unknown. */
function unknownCodes(values: ReadonlyMap<number, number | null>, { tags }: Question['catalogue']): Map<number, number | null> {
  const oneOfs = new Set([...tags.values()].filter((t) => t.kind === 'oneOf').map((t) => t.id));
  return new Map([...values].map(([tag, value]) => [tag, value === 0 && oneOfs.has(tag) ? null : value]));
}

/** The value that a line looks at, as people write it. */
function shown(d: Leaf, values: ReadonlyMap<number, number | null>): Pick<Why['lines'][number], 'value' | 'label' | 'names'> {
  const tag = tagOf(d);
  if (tag === undefined) return {};
  const units = values.get(tag.id) ?? null;
  if (units === null) return { value: null };
  if (tag.kind === 'flag') return { value: units === 1 };
  if (tag.kind === 'oneOf') return { value: tag.values[units - 1] ?? null, label: tag.labels[units - 1] ?? null };
  if (tag.kind === 'date') return { value: dateOf(units) };
  return { value: units / 10 ** tag.scale, names: tag.names };
}
