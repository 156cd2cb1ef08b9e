import { z } from 'zod';
import { once, standardOf } from '#platform/standard';
import { Outcome, Tables } from './contract.ts';

/** The tables and the outcomes of visits that come along, read once from `standard/*.yaml`; the tables are version 1 of what people then edit. */

const { read } = standardOf(import.meta.url);

export const standardTables: () => Tables = once(() => read('tables.yaml', Tables));
export const outcomes: () => readonly Outcome[] = once(() => read('outcomes.yaml', z.array(Outcome)));
