import { z } from 'zod';
import { once, standardOf } from '#platform/standard';
import { WrittenFact } from '#rule';
import type { Fact } from '#rule/contract';
import { Definition, DerivedName } from './contract.ts';

/** Facts and tables that come along, read once from `standard/*.yaml`; a table is version 1 of what people then edit. */

const { read, numbered } = standardOf(import.meta.url);

const WrittenTable = z.strictObject({ tag: DerivedName, definition: Definition });

/** Tags that the tables speak of, with what is believed of them: the rules can be read before anybody loads one. */
export const standardFacts: () => readonly Fact[] = once(() => read('facts.yaml', z.array(WrittenFact)));

export const standardTables: () => readonly z.infer<typeof WrittenTable>[] = once(() => numbered(WrittenTable));
