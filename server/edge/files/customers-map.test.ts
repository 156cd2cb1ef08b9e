import { expect, test } from 'vitest';
import { runCustomers } from './customers.ts';
import { parseCustomersMap } from './customers-map.ts';

test.each(['rule', 'glasshouse', 'model', 'RULE'])('the name %s is refused, in both languages', (source) => {
  const map = () => parseCustomersMap(`source: ${source}\nkey: id\ntags: auto`, 'MAP.yaml');
  expect(map).toThrow(/^MAP\.yaml: source “\w+” is a name that Glasshouse keeps for itself.*来源名“\w+”由系统自留/);
});

test('a map that cannot be used is told before any file is opened', async () => {
  expect(await runCustomers(['import', '/there/is/none.csv', '--map', '/there/is/none.yaml'], {})).toBe(2);
});
