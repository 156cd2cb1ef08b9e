import type { House } from '#platform/module';
import { type Refusal, refuse } from '#platform/result';
import { compile, dayIn, pass, type Swept, understand } from '#rule';
import type { RuleText, Tried } from './contract.ts';
import { factsAmong, mistakesOf, rulesInForce } from './rules.ts';
import type { Supply } from './supply.ts';
import { populationOf } from './sweeping.ts';

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
  const program = compile({ rules: [means], population, evidence: [], today: dayIn(config.zone, Date.now()) });
  const sums = { count: 0, known: 0, customers: 0 };
  await pass<Swept>(db, supply, {
    order: { program, wanted: 0 },
    tags,
    async take(_block, { yes, known, customers }) {
      sums.count += yes[0] as number;
      sums.known += known[0] as number;
      sums.customers += customers;
    },
  });
  return { ...sums, ms: Math.round(performance.now() - began) };
}
