import type { Ctx } from '#platform/db';
import { isRefusal, type Refusal } from '#platform/result';
import type { Fact } from '#rule/contract';
import { claimTag, codesForValues, countableTags, describeTag, RULE } from '#tag';
import type { Definition } from './contract.ts';
import type { Known } from './known.ts';
import { noteInstalled } from './store.ts';
import { rowsOf, textOf } from './words.ts';

/** The tag that a derivation makes: claimed, with its values and what the catalogue says of it. */

export const REFRESH = '输入变化时重算 / As its inputs change';

/** Refuses `tag.foreign-source`, `tag.kind-stays`, `tag.too-many-values`; nothing may be kept of the transaction then. */
export async function install(
  ctx: Ctx,
  known: Known,
  { tag, version, body, inputs }: { tag: string; version: number; body: Definition; inputs: readonly Fact[] },
): Promise<Refusal | undefined> {
  const claimed = await claimTag(ctx, { name: tag, kind: body.kind, source: RULE });
  if (claimed !== undefined) return claimed;
  const values = body.kind === 'oneOf' ? body.values : [];
  if (values.length > 0) {
    const codes = await codesForValues(
      ctx,
      tag,
      values.map((v) => v.value),
    );
    if (isRefusal(codes)) return codes;
  }
  const says = rowsOf(body, known.facts, await labelsOf(ctx.tx, known));
  const was = known.tags.get(tag);
  const described = await describeTag(ctx, tag, {
    names: body.names,
    meaning: {
      zh: body.meaning.zh || says.zh.join('\n').slice(0, 2_000),
      en: body.meaning.en || says.en.join('\n').slice(0, 2_000),
    },
    rule: textOf(body).slice(0, 4_000),
    refresh: REFRESH,
    ...(values.length > 0 && { values: values.map((v) => ({ ...v })) }),
    ...((was?.purposes.length ?? 0) === 0 && { purposes: purposesOf(known, inputs) as never }),
  });
  if (isRefusal(described)) return described;
  await noteInstalled(ctx.tx, tag, version, null);
  return undefined;
}

/** A tag may be used for what all that it is made of may be used for; inputs of which nobody said so say nothing. */
function purposesOf({ tags }: Known, inputs: readonly Fact[]): string[] {
  const said = inputs.map((f) => tags.get(f.name)?.purposes ?? []).filter((p) => p.length > 0);
  return (said[0] ?? []).filter((purpose) => said.every((of) => of.includes(purpose)));
}

/** What values of one-ofs are called: by the catalogue, or by the derivation that will make them. */
export async function labelsOf(sql: Parameters<typeof countableTags>[0], { derivations }: Pick<Known, 'derivations'>) {
  const labels = new Map<string, { readonly zh: string; readonly en: string }>();
  for (const { tag, body } of derivations)
    if (body?.kind === 'oneOf')
      for (const { value, zh, en } of body.values) labels.set(`${tag}\0${value}`, { zh: zh || value, en: en || value });
  for (const tag of await countableTags(sql))
    for (const [i, value] of tag.values.entries()) labels.set(`${tag.name}\0${value}`, tag.labels[i] ?? { zh: value, en: value });
  return (fact: Fact, value: string, lang: 'zh' | 'en'): string => labels.get(`${fact.name}\0${value}`)?.[lang] ?? value;
}
