import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { begin } from '../program.ts';
import { ADMIN } from './seed.ts';
import type { World } from './world.ts';

/** Those who know the customers: the care agent on the phone, the retention desk in the morning, the steward of the tags. */

const AREA = 'd3-g02';
const PEOPLE = 60;
const MAP = `source: households
key: 客户编号
area: 区域
own: 在网
person: { name: 姓名, phone: 电话, idNumber: 证件号 }
speaksOf: 2026-10
tags:
  household.tariff: { column: 套餐, kind: oneOf }
  household.spend: { column: 月均消费, kind: number }
  bill.current: { column: 本月账单, kind: number }
  days.current: { column: 本月天数, kind: number }
  bill.previous: { column: 上月账单, kind: number }
  days.previous: { column: 上月天数, kind: number }
  balance.amount: { column: 余额, kind: number }
`;

const two = (n: number): string => String(n).padStart(2, '0');
/** The bills of the first five have fallen by two fifths a day; everybody else's stand. */
const FALLEN = 5;
const row = (i: number): string =>
  [
    `K${two(i)}-0077`,
    AREA,
    '是',
    '汐五',
    `120000077${two(i)}`,
    `9900021983090577${two(i)}`,
    i % 3 === 0 ? '畅享129' : '惠民39',
    (30 + i).toFixed(2),
    i <= FALLEN ? 22 * 190 : 22 * 320,
    22,
    31 * 320,
    31,
    9_000,
  ].join(',');

const HEAD = '客户编号,区域,在网,姓名,电话,证件号,套餐,月均消费,本月账单,本月天数,上月账单,上月天数,余额';
const asAdmin = { authorization: `Bearer ${ADMIN}`, 'content-type': 'application/json' };

/** Loads a file by the command, says what two of its tags mean, lets the rules look once. */
async function load(url: string): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glasshouse-customers-'));
  const [file, map] = [path.join(folder, 'customers.csv'), path.join(folder, 'map.yaml')];
  fs.writeFileSync(file, [HEAD, ...Array.from({ length: PEOPLE }, (_, i) => row(i + 1))].join('\n'));
  fs.writeFileSync(map, MAP);
  const { ended, said } = begin(['customers', 'import', file, '--map', map], { GLASSHOUSE_URL: url, GLASSHOUSE_TOKEN: ADMIN });
  expect(await ended, said()).toBe(0);
  fs.rmSync(folder, { recursive: true });
  const describe = (name: string, body: object) =>
    fetch(`${url}/api/tags/${name}`, { method: 'PUT', headers: asAdmin, body: JSON.stringify(body) });
  await describe('household.tariff', { names: { zh: '家庭套餐', en: 'Household tariff' }, refresh: '每月 3 日前' });
  await describe('household.spend', {
    names: { zh: '家庭月均', en: 'Household spending' },
    meaning: { zh: '最近三个账期出账收入的平均', en: 'Mean of three months' },
    owner: '计费部 李雷',
    refresh: '每日',
    speaksOf: '2026-10-01',
  });
  await fetch(`${url}/api/retention/sweeps`, { method: 'POST', headers: asAdmin, body: '{}' });
  for (let looked = 0; (await openCases(url)) !== FALLEN; looked++) {
    if (looked > 60) throw new Error('the sweep did not open the cases');
    await sleep(500);
  }
}

/** The firm pays the fee of the eleventh's number; a secondary card belongs to it. */
async function tellHousehold(url: string): Promise<void> {
  const since = '2025-03-01T00:00:00+08:00';
  const number = { kind: 'service', is: 'mobile', area: AREA, since };
  const records = [
    { kind: 'party', key: 'P11', is: 'person', area: AREA, person: { name: '汐五', phone: '12000007711' } },
    { kind: 'party', key: 'E11', is: 'organisation', area: AREA, person: { name: '檐铃灯具' } },
    { ...number, key: 'S11', number: '12000007711', customer: 'K11-0077', plan: '惠民39' },
    { ...number, key: 'S11-1', number: '12100007711' },
    ...['S11', 'S11-1'].map((service) => ({ kind: 'owner', service, party: 'P11', since })),
    { kind: 'account', key: 'A11', mode: 'postpaid', area: AREA },
    { kind: 'payer', account: 'A11', party: 'E11', since },
    { kind: 'charge', service: 'S11', account: 'A11', what: '月租', since },
    { kind: 'bundle', key: 'B11', is: 'main-secondary' },
    { kind: 'tie', bundle: 'B11', service: 'S11', role: 'main', since },
    { kind: 'tie', bundle: 'B11', service: 'S11-1', role: 'secondary', since },
    { kind: 'device', service: 'S11', serial: 'MIFI-77010011', is: '随身WiFi', since },
    { kind: 'bill', account: 'A11', month: '2026-09', amount: 3_900, paid: 3_900 },
    { kind: 'bill', account: 'A11', month: '2026-10', amount: 4_250, paid: 0 },
  ].map((r) => ({ source: 'households', at: '2026-10-03T00:00:00+08:00', ...r }));
  const answer = await fetch(`${url}/api/households`, { method: 'POST', headers: asAdmin, body: JSON.stringify(records) });
  expect(await answer.json()).toEqual({ records: records.length, changed: records.length, erased: 0 });
}

async function openCases(url: string): Promise<number> {
  const answer = await fetch(`${url}/api/retention/cases?state=open`, { headers: asAdmin });
  return ((await answer.json()) as { total: number }).total;
}

export function customersStories(world: () => World): void {
  beforeAll(() => load(world().url), 90_000);

  test.each([
    ['the customer’s number', 'K09-0077'],
    ['his phone', '12000007709'],
    ['identity number and phone', '990002198309057709 12000007709'],
  ])('care: by %s to what is known and since when, and no number stands in an address', async (_what, number) => {
    const v = await world().visit('care');
    const { page } = v;
    const asked: string[] = [];
    page.on('request', (r) => asked.push(r.url()));
    await page.goto(`${world().url}/console/customers`);
    const field = page.getByRole('searchbox', { name: '找客户' }).or(page.getByRole('textbox', { name: '找客户' }));
    await field.waitFor();
    await v.type(field, number);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^汐/ }).waitFor();
    const known = page.getByRole('row').filter({ hasText: '家庭套餐' });
    expect(await known.innerText()).toMatch(/畅享129[\s\S]*2026年10月/);
    expect(v.clicks()).toBeLessThanOrEqual(2);
    const words = number.split(' ');
    expect([...asked, page.url()].filter((url) => words.some((word) => url.includes(word)))).toEqual([]);
    expect(await page.locator('main').innerText()).not.toContain('12000007709');
    await v.end();
  });

  test('care: whose a number is, who pays and what belongs to it stand in one picture', async () => {
    await tellHousehold(world().url);
    const v = await world().visit('care');
    const { page } = v;
    await page.goto(`${world().url}/console/customers`);
    await v.type(page.getByLabel('找客户'), 'K11-0077');
    await page.keyboard.press('Enter');
    await v.click(page.getByRole('button', { name: /手机\s*120\*{4}7711/ }));
    const facts = page.locator('dl', { hasText: '付费人' });
    expect(await facts.innerText()).toMatch(/汐\*[\s\S]*檐\*{3}（月租）[\s\S]*主卡 120\*{4}7711、副卡 121\*{4}7711/);
    await v.click(facts.getByRole('button', { name: '查看完整的随身WiFi串号' }));
    await v.click(page.getByRole('dialog').getByRole('button', { name: /查\s*看/ }));
    await facts.getByText('MIFI-77010011', { exact: true }).waitFor();
    expect(await page.getByRole('region', { name: '服务单（报障、投诉）' }).innerText()).toContain('没有在办的报障或投诉');
    expect(await page.getByRole('region', { name: '订单', exact: true }).count()).toBe(1);
    expect(await page.getByRole('row', { name: /2026年10月/ }).filter({ hasText: '元' }).innerText()).toMatch(/42\.50 元[\s\S]*42\.50 元/); // biome-ignore format: one line
    await v.end();
  });

  test('care: a masked value is shown for a reason that stands in the trail', async () => {
    const v = await world().visit('care');
    const { page } = v;
    await page.goto(`${world().url}/console/customers`);
    await v.type(page.getByLabel('找客户'), 'K10-0077');
    await page.keyboard.press('Enter');
    await v.click(page.getByRole('button', { name: '查看完整的电话' }));
    await v.click(page.getByRole('dialog').getByRole('button', { name: /查\s*看/ }));
    await page.getByText('12000007710', { exact: true }).waitFor();
    const trail = await (await fetch(`${world().url}/api/audit?act=customer`, { headers: asAdmin })).json();
    expect((trail as { items: { act: string; reason: string }[] }).items[0]).toMatchObject({
      act: 'customer.revealed',
      reason: '客户来电核身',
    });
    await v.end();
  });

  test('care: what a customer refuses on the phone is noted with where it comes from, and stands in his history', async () => {
    const v = await world().visit('care');
    const { page } = v;
    await page.goto(`${world().url}/console/customers`);
    await v.type(page.getByLabel('找客户'), 'K11-0077');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('region', { name: '能不能联系他' });
    await v.click(panel.getByRole('radiogroup', { name: '短信' }).first().getByText('拒绝'));
    await v.click(panel.getByRole('switch', { name: '免打扰' }));
    await panel.getByLabel('客户在哪里说的').fill('10010 来电');
    await page.keyboard.press('Enter');
    await v.click(panel.getByText('登记过2次'));
    expect(await panel.getByRole('listitem').filter({ hasText: '10010 来电' }).allInnerTexts()).toEqual([
      expect.stringMatching(/免打扰.*打开|营销 · 短信.*拒绝/),
      expect.stringMatching(/免打扰.*打开|营销 · 短信.*拒绝/),
    ]);
    await v.end();
  });

  test('steward: who was erased and has a new contract is taken in again, by his ID number and with a reason', async () => {
    const idNumber = '990002198309057712';
    const body = JSON.stringify({ idNumber, reason: '本人来函' });
    expect((await fetch(`${world().url}/api/erasures`, { method: 'POST', headers: asAdmin, body })).ok).toBe(true);
    const v = await world().visit('night');
    const { page } = v;
    await page.goto(`${world().url}/console/customers`);
    const out = page.getByRole('region', { name: '已删除、仍挡在门外' });
    await out.getByText('此后来源没有再送').waitFor();
    expect(await out.innerText()).not.toMatch(/汐|12000007712|99000219/);
    await v.click(out.getByRole('link', { name: /^打开客户/ }));
    await out.waitFor({ state: 'detached' }); // a row of the list has such a button too
    await v.click(page.getByRole('button', { name: /^重新接纳客户/ }));
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('证件号', { exact: true }).fill(idNumber);
    await page.keyboard.press('Enter');
    await v.click(drawer.getByRole('button', { name: '确认重新接纳' }));
    await drawer.getByText(/^已重新接纳/).waitFor();
    await v.click(drawer.getByRole('button', { name: /^完\s*成$/ }));
    await page.getByText('等来源再送一次', { exact: false }).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(4);
    const trail = await (await fetch(`${world().url}/api/audit?act=person.readmitted`, { headers: asAdmin })).json();
    expect((trail as { items: { reason: string }[] }).items).toMatchObject([{ reason: '新签合同' }]);
    await v.end();
  });

  test('steward: who asks for it is erased: what goes is seen first, confirmed by his last digits, and listed without anything of him', async () => {
    const idNumber = '990002198309057713';
    const v = await world().visit('night');
    const { page } = v;
    const asked: string[] = [];
    page.on('request', (r) => asked.push(r.url()));
    await page.goto(`${world().url}/console/customers`);
    const card = page.getByRole('region', { name: '删除个人信息' });
    await v.click(card.getByRole('button', { name: '删除个人信息' }));
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('证件号', { exact: true }).fill(idNumber);
    await page.keyboard.press('Enter');
    await drawer.getByText('客户的姓名、电话、证件号、地址').locator('..').getByText('1位').waitFor();
    const proof = drawer.getByLabel(/^输入证件号的后四位/);
    await proof.fill('7712');
    expect(await drawer.getByRole('button', { name: '永久删除' }).isDisabled()).toBe(true);
    await proof.fill('7713');
    await page.keyboard.press('Enter');
    await drawer.getByText('已删除。').waitFor();
    await v.click(drawer.getByRole('button', { name: /^完\s*成$/ }));
    await v.click(card.getByText(/^办理过的\d+次$/));
    await card.getByText('本人申请').first().waitFor();
    expect(await card.innerText()).not.toMatch(/汐|990002/);
    expect([...asked, page.url()].filter((url) => url.includes(idNumber))).toEqual([]);
    expect(v.clicks()).toBeLessThanOrEqual(3);
    await v.end();
  });

  test('retention: the most urgent case is taken and closed with an outcome, with the figures in sight', async () => {
    const v = await world().visit('keeper');
    const { page } = v;
    await page.goto(`${world().url}/console/retention`);
    const first = page.getByRole('row').filter({ hasText: '日均账单' }).first();
    expect(await first.innerText()).toMatch(/3\.20 → 1\.90 元，−41%/);
    await v.click(first);
    const drawer = page.getByRole('dialog');
    await v.click(drawer.getByRole('button', { name: /领\s*取/ }));
    await v.click(drawer.getByRole('button', { name: /办\s*结/ }));
    await v.click(drawer.getByText('已挽留', { exact: true }));
    await v.click(drawer.getByRole('button', { name: '办结工单' }));
    await drawer.getByText('已挽留', { exact: true }).waitFor();
    await drawer.getByText('已办结', { exact: true }).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(5);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('tab', { name: /^已办结/ }).innerText()).toMatch(/1$/);
    await v.end();
  });

  test('retention: down the list without a mouse', async () => {
    const v = await world().visit('keeper');
    const { page } = v;
    const title = () =>
      page
        .getByRole('dialog')
        .getByText(/^工单 \d+$/)
        .innerText();
    await page.goto(`${world().url}/console/retention`);
    await page.getByRole('row').filter({ hasText: '日均账单' }).first().waitFor();
    await page.keyboard.press('j');
    const first = await title();
    await page.keyboard.press('j');
    await expect.poll(title).not.toBe(first);
    await page.keyboard.press('k');
    await expect.poll(title).toBe(first);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(v.clicks()).toBe(0);
    await v.end();
  });

  test('analyst: a mistake in a rule is shown at its place, and a trial says how many it hits', async () => {
    const v = await world().visit('night');
    const { page } = v;
    await page.goto(`${world().url}/console/retention/rules`);
    await v.click(page.getByRole('button', { name: '余额不足' }));
    const drawer = page.getByRole('dialog');
    const condition = drawer.getByLabel('条件', { exact: true });
    v.pardon('422');
    await condition.fill('balance.amount <\n  lest');
    await v.click(drawer.getByRole('button', { name: '试算人数' }));
    await drawer.getByText('第2行第3个字符', { exact: false }).waitFor();
    expect(await drawer.locator('mark').innerText()).toBe('lest');
    await condition.fill('balance.amount < 9001');
    await v.click(drawer.getByRole('button', { name: '试算人数' }));
    await drawer.getByText(new RegExp(`现在会触发${PEOPLE}位`)).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(3);
    await v.end();
  });

  test('steward: a tag by a Chinese word, and how fresh it is', async () => {
    const v = await world().visit('integrator');
    const { page } = v;
    await page.goto(`${world().url}/console/tags`);
    await v.type(page.getByLabel('名称、说明或负责人'), '出账收入');
    const found = page.getByRole('row').filter({ hasText: '家庭月均' });
    await found.getByText('迟到', { exact: true }).waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await v.click(found.getByRole('link', { name: '家庭月均' }));
    const drawer = page.getByRole('dialog');
    await drawer.getByText('最近三个账期出账收入的平均').waitFor();
    await drawer.getByText('2026年10月1日', { exact: true }).waitFor();
    await drawer.getByText(`${PEOPLE}位已知`, { exact: false }).waitFor();
    expect(v.clicks()).toBeLessThanOrEqual(2);
    await v.end();
  });

  test('who may not describe tags is told so at the button', async () => {
    const v = await world().visit('care');
    const { page } = v;
    await page.goto(`${world().url}/console/tags/household.tariff`);
    const edit = page.getByRole('button', { name: '修改说明' });
    expect(await edit.getAttribute('aria-disabled')).toBe('true');
    await edit.focus();
    await page.getByText('您的角色没有这项权限').waitFor();
    await v.end();
  });
}
