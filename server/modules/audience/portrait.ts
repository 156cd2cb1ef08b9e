import { isRefusal, type Refusal } from '#platform/result';
import { all } from './compile.ts';
import type { Portrait } from './contract.ts';
import { readDefinition } from './definition.ts';
import type { NamedTag } from './model.ts';
import type { Distribution, Plan } from './plan.ts';
import { drawDates } from './portrait-dates.ts';
import { ask, type Caller, type Desk, msSince, type Question, within } from './service.ts';

/** How tags are spread in the audience, beside everybody in the caller's areas. Refuses tags that are not there, with the path. */
export async function portrait(
  desk: Desk,
  caller: Caller,
  { where, tags }: { where?: unknown; tags: readonly string[] },
): Promise<Portrait | Refusal> {
  const began = performance.now();
  const question = await ask(desk, caller, where);
  if (isRefusal(question)) return question as Refusal;
  const { scope, catalogue } = question as Question;
  for (const [i, tag] of tags.entries()) {
    const path = `tags[${i}]`;
    const asked = readDefinition({ tag, known: true }, catalogue, { path });
    if (isRefusal(asked)) return { ...asked, details: { ...asked.details, path } };
  }
  const inside = within(question as Question);
  const [counted, base, ...drawn] = await Promise.all([
    desk.size(inside),
    desk.size(scope),
    ...tags.map((name) => draw(desk, catalogue.tags.get(name) as NamedTag, inside, scope)),
  ]);
  return { count: counted, base, tags: drawn, ms: msSince(began) };
}

type Drawn = Portrait['tags'][number];
type Bars = Extract<Distribution, { bars: unknown }>;

async function draw(desk: Desk, tag: NamedTag, inside: Plan, scope: Plan): Promise<Drawn> {
  const [here, base] = await Promise.all([desk.engine.distribution(inside, tag.id), desk.engine.distribution(scope, tag.id)]);
  const head = { tag: tag.name, kind: tag.kind, names: tag.names };
  if (here.kind === 'flag' && base.kind === 'flag') {
    const bars = [
      { value: true, count: here.yes, base: base.yes },
      { value: false, count: here.no, base: base.no },
    ];
    return { ...head, bars, unknown: { count: here.unknown, base: base.unknown } };
  }
  if (here.kind === 'oneOf' && base.kind === 'oneOf') {
    const of = (d: typeof here, code: number) => d.codes[code] ?? 0;
    const bars = tag.values.map((value, i) => ({
      value,
      names: tag.labels[i] ?? { zh: value, en: value },
      count: of(here, i + 1),
      base: of(base, i + 1),
    }));
    return { ...head, bars: bars.sort((a, b) => b.base - a.base), unknown: { count: of(here, 0), base: of(base, 0) } };
  }
  if (!('bars' in here && 'bars' in base)) throw new Error(`the distributions of ${tag.name} are of two kinds`);
  const unknown = { count: here.unknown, base: base.unknown };
  if (tag.kind === 'date') return { ...head, ...(await drawDates(desk, tag, { inside, scope, base })), unknown };
  const shown = (units: number) => units / 10 ** tag.scale;
  const counts = gathered(here, base) ?? (await countedOver(desk, tag, inside, base));
  const bars = base.bars.map((b, i) => ({ from: shown(b.from), to: shown(b.to), count: counts[i] ?? 0, base: b.count }));
  return { ...head, bars, unknown };
}

/** The audience's people over the base's bars, where each of its own bars lies within one of those; the engine draws narrower ones for fewer values. */
function gathered(here: Bars, base: Bars): number[] | undefined {
  const counts = base.bars.map(() => 0);
  for (const bar of here.bars) {
    const i = base.bars.findIndex((b) => b.from <= bar.from && bar.to <= b.to);
    if (i === -1) return undefined;
    counts[i] = (counts[i] as number) + bar.count;
  }
  return counts;
}

const countedOver = (desk: Desk, { id }: NamedTag, inside: Plan, { bars }: Bars): Promise<number[]> =>
  Promise.all(bars.map(({ from, to }) => desk.size(all([inside, { op: 'range', tag: id, from, to, side: 'in' }]))));
