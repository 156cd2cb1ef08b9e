import type { House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import { compile, dayIn, pass, type Swept, understand } from '#rule';
import { busyOn } from './caseStore.ts';
import type { RuleText, Tried } from './contract.ts';
import { factsAmong, mistakesOf, rulesInForce } from './rules.ts';
import type { Supply } from './supply.ts';
import { BLOCK, populationOf } from './sweeping.ts';

let before: Promise<unknown> = Promise.resolve();

/** How many a rule would hit today; nothing is written. One after another, for each reads the facts of everybody. Refuses `rule.mistaken`. */
export function tryRule(house: House, supply: Supply, text: RuleText): Promise<Tried | Refusal> {
  const mine = before.then(() => trial(house, supply, text));
  before = mine.catch(() => undefined);
  return mine;
}

async function trial({ db, config }: House, supply: Supply, text: RuleText): Promise<Tried | Refusal> {
  const began = performance.now();
  const tags = await supply.tags(db);
  const facts = factsAmong(tags);
  const [mistake] = mistakesOf(text, facts);
  if (mistake !== undefined) return refuse('rule.mistaken', { ...mistake });
  const means = understand(text.when, facts, text.parameters);
  if ('reason' in means) return refuse('rule.mistaken', { ...means });
  const population = populationOf(await rulesInForce(db, facts), facts);
  const today = dayIn(config.zone, Date.now());
  const program = compile({ rules: [means], population, evidence: [], today });
  const isWork = text.effect === 'work';
  const busy = isWork ? await busyOn(db, today) : new Set<number>();
  const sums = { count: 0, fresh: 0, known: 0, customers: 0 };
  await pass<Swept>(db, supply, {
    order: { program, wanted: isWork ? 1 : 0 },
    tags,
    async take(block, { yes, known, customers, hits }) {
      sums.count += yes[0] as number;
      sums.known += known[0] as number;
      sums.customers += customers;
      for (const place of hits) if (!busy.has(block * BLOCK + place)) sums.fresh++;
    },
  });
  return { ...sums, fresh: isWork ? sums.fresh : null, ms: Math.round(performance.now() - began) };
}
