import { z } from 'zod';
import { once, standardOf } from '#platform/standard';
import { WrittenFact } from '#rule';
import type { Fact } from '#rule/contract';
import { Cause, Outcome, Rule } from './contract.ts';

/** Facts, rules, outcomes and causes that come along, read once from `standard/*.yaml`; the rules are version 1 of what people then edit. */

const { read, numbered } = standardOf(import.meta.url);

export const standardFacts: () => readonly Fact[] = once(() => read('facts.yaml', z.array(WrittenFact)));

/** Version 1 of every rule, in the order of their files' numbers. */
export const standardRules: () => readonly Rule[] = once(() => numbered(Rule));

export const outcomes: () => readonly Outcome[] = once(() => read('outcomes.yaml', z.array(Outcome)));
export const causes: () => readonly Cause[] = once(() => read('causes.yaml', z.array(Cause)));
