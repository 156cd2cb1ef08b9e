import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { begin } from '../program.ts';
import { ADMIN, PASSWORD } from './seed.ts';
import type { World } from './world.ts';

/** A grid manager with a phone. */

const AREA = 'd5-g01';
const ESTATE = '鹭洲区听雨轩';
const MAP = `source: grid-people
key: 编号
area: 区域
own: 在网
person: { name: 姓名, phone: 电话, address: 地址 }
tags:
  estate: { column: 小区, kind: oneOf }
  building: { column: 楼栋, kind: oneOf }
  consent.visit: { column: 同意上门, kind: flag }
  contract.ends: { column: 合约到期, kind: date }
  broadband: { column: 宽带, kind: flag }
  score.broadband: { column: 宽带倾向, kind: number }
`;
const HEAD = '编号,区域,在网,姓名,电话,地址,小区,楼栋,同意上门,合约到期,宽带,宽带倾向';
const PEOPLE = 14;
const DAY_MS = 86_400_000;
/** Days since 1970, on the calendar of the operator. */
const today = (): number => Math.floor((Date.now() + 8 * 3_600_000) / DAY_MS);
const textOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const ENDS = today() + 12;
/** Only the first one's contract ends soon, only the last one did not agree to visits. */
const row = (i: number): string =>
  [`G${i}`, AREA, '是', '汐五', `120000088${10 + i}`, `琉璃市鹭洲区听雨路1号听雨轩1幢1单元${i}01室`, ESTATE, '1幢', i === PEOPLE ? '否' : '是', textOf(i === 1 ? ENDS : ENDS + 400), '否', 640].join(','); // biome-ignore format: one line

async function load(url: string): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-grid-'));
  const [file, map] = [path.join(folder, 'people.csv'), path.join(folder, 'map.yaml')];
  fs.writeFileSync(file, [HEAD, ...Array.from({ length: PEOPLE }, (_, i) => row(i + 1))].join('\n'));
  fs.writeFileSync(map, MAP);
  const places = [
    { kind: 'estate', source: 'gis', key: 'E', area: AREA, names: { zh: '听雨轩', en: 'Tingyu Court' }, value: ESTATE, outline: [[124, 29], [124.01, 29], [124.01, 29.01]], households: 40 }, // biome-ignore format: one line
    { kind: 'building', source: 'gis', key: 'E-1', estate: 'E', value: '1幢', households: 40, portsTotal: 16, portsFree: 3 },
  ];
  const headers = { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' };
  const told = await fetch(`${url}/api/places`, { method: 'POST', headers, body: JSON.stringify(places) });
  expect(told.status, await told.text()).toBe(200);
  const { ended, said } = begin(['customers', 'import', file, '--map', map], { GLASSHOUSE_URL: url, GLASSHOUSE_TOKEN: ADMIN });
  expect(await ended, said()).toBe(0);
  fs.rmSync(folder, { recursive: true });
}

export function gridStories(world: () => World): void {
  beforeAll(() => load(world().url), 60_000);

  test('a grid manager finds the ten homes of today in three taps, notes a visit through a lost connection and takes it back, sees the way; the map leads to a building', async () => {
    const v = await world().visit(null, { viewport: { width: 390, height: 844 }, hasTouch: true });
    const { page } = v;
    const ends = `合约 ${ENDS - today()} 天后到期`;
    await page.goto(`${world().url}/console/`);
    await page.getByLabel('账号').fill('gridder');
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await v.click(page.getByRole('button', { name: '菜单', exact: true }));
    await v.click(page.getByRole('dialog').getByRole('link', { name: '我的网格' }));
    const homes = page.getByRole('list').filter({ has: page.getByText(ends) }).getByRole('listitem'); // biome-ignore format: one line
    await homes.first().waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(3);
    expect(await homes.count()).toBe(10);
    const first = homes.first();
    expect(await first.innerText()).toMatch(new RegExp(`1幢[^]*汐\\*[^]*${ends}，没有宽带，倾向 640 分，本楼空端口 3 个`));
    await v.click(first.getByRole('button'));
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('记一句（可不填）').fill('下周三有空');
    v.pardon('ERR_INTERNET_DISCONNECTED');
    await page.context().setOffline(true);
    await v.click(sheet.getByRole('button', { name: '聊过了' }));
    await sheet.getByText('“聊过了”还没记上：没有连上系统').waitFor();
    await page.context().setOffline(false);
    await sheet.getByText('聊过了', { exact: true }).waitFor();
    await sheet.getByText('下周三有空').waitFor();
    await v.click(sheet.getByRole('button', { name: /撤\s*销/ }));
    await sheet.getByRole('button', { name: '没人在家' }).waitFor();
    await page.keyboard.press('Escape');
    await v.click(page.getByText('按路线'));
    await page.getByRole('img', { name: /^走访路线：1 听雨轩 1幢/ }).waitFor();
    await v.click(page.getByRole('tab', { name: '地图与画像' }));
    await v.click(page.getByRole('button', { name: /^听雨轩，/ }));
    await sheet.getByText(`在网 ${PEOPLE}，异网 0，不详 0`).waitFor();
    await v.click(sheet.getByRole('button', { name: '1幢' }));
    await sheet.getByRole('heading', { name: '听雨轩 1幢' }).waitFor();
    await v.end();
  });
}
