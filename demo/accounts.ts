import { createHmac } from 'node:crypto';
import { createAccounts, createUnits, saveColleagues } from '#org';
import { systemActor } from '#platform/actor';
import type { House } from '#platform/module';
import { CITY, type City } from './city.ts';

/** The people who can sign in: one for each role, so that everybody can be looked at through the right eyes. */
export interface Person {
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly unit: string;
  readonly partner?: { readonly kind: string; readonly value: string };
  /** What to look at as this person. */
  readonly title: string;
}

export const PEOPLE: readonly Person[] = [
  { login: 'guanliyuan', name: '霁一舟', role: 'administrator', unit: CITY, title: '系统管理员 · 全部' },
  { login: 'kanban', name: '霓晓灯', role: 'controller', unit: CITY, title: '看板监控（夜班）· 全市' },
  { login: 'shijingli', name: '澜青松', role: 'manager', unit: CITY, title: '市公司经理 · 全市' },
  { login: 'qujingli', name: '砚白石', role: 'manager', unit: 'd3', title: '区经理 · 只看砚池区 d3' },
  { login: 'kefu', name: '鹭晴', role: 'care', unit: CITY, title: '10010 坐席 · 全市' },
  { login: 'shouli', name: '栀雨', role: 'desk', unit: CITY, title: '订单中心受理员 · 全市' },
  { login: 'banzhang', name: '栎山', role: 'installer-lead', unit: 'd3-g02', title: '装维班长 · 只看 d3-g02 网格' },
  { login: 'fenxi', name: '汐墨', role: 'analyst', unit: CITY, title: '数据分析 · 全市' },
  { login: 'wangge', name: '蘅桥', role: 'grid-manager', unit: 'd3-g02', title: '网格经理 · 只看 d3-g02 网格' },
  { login: 'weixi', name: '菱晓', role: 'retention', unit: CITY, title: '维系坐席 · 全市离网预警' },
  { login: 'zhengqi', name: '菱竹', role: 'account-manager', unit: CITY, title: '政企客户经理 · 全市政企客户' },
  { login: 'shenji', name: '屿竹', role: 'auditor', unit: CITY, title: '审计 · 全市' },
  {
    login: 'dailishang',
    name: '荻金',
    role: 'partner',
    unit: CITY,
    partner: { kind: 'partner', value: 'P01' },
    title: '代理商 P01 · 只看自己的订单',
  },
  { login: 'jicheng', name: '瓴川', role: 'integrator', unit: CITY, title: '系统集成 · 来源与导入' },
];

/** Trains the operator's models. */
export const ANALYST = 'fenxi';
/** Notes what customers tell on the phone. */
export const CARE_AGENT = 'kefu';
/** Visits the enterprises of the demo. */
export const ACCOUNT_MANAGER = 'zhengqi';

/** Speaks for the simulator where there is no administrator's token. */
export const INTEGRATOR = 'jicheng';

const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A person's password follows from the installation's own key: the same at every start, written down nowhere. */
export function passwordOf(key: Buffer, login: string): string {
  const bytes = createHmac('sha256', key).update(`demo sign-in\0${login}`).digest();
  return [0, 4, 8].map((at) => [...bytes.subarray(at, at + 4)].map((b) => SIGNS[b % SIGNS.length]).join('')).join('-');
}

/** A number nobody can own, the same for one staff number always. */
const workPhone = (id: string): string => `1219999${id.slice(-4)}`;

/** Units and people of the city, those that are not there yet. */
export async function settle({ db, config, vault }: Pick<House, 'db' | 'config' | 'vault'>, city: City): Promise<void> {
  await db.inTx(systemActor('demo'), async (ctx) => {
    await createUnits(ctx, city.units);
    const people = PEOPLE.map(({ login, name, role, unit, partner }) => ({
      login,
      name,
      role,
      unit,
      partner,
      password: passwordOf(config.key, login),
    }));
    await createAccounts(ctx, people);
    await saveColleagues(
      ctx,
      vault,
      city.staff.map(({ id, name, post, unit }) => ({ id, name, phone: workPhone(id), post, unit })),
    );
  });
}

/** The sign-ins as lines of a table. */
export function signIns(key: Buffer): string[] {
  return PEOPLE.map(({ login, title }) => `    ${login.padEnd(12)} ${passwordOf(key, login)}   ${title}`);
}
