import type { NewModel } from '#model/contract';
import type { City } from './city.ts';
import { type DoorSettings, send } from './doors.ts';
import { untilDone } from './keeping.ts';
import { HORIZON, pastDays, type Watched } from './model-days.ts';

/**
 * The operator's models: scores that the warehouse brings, and one that an analyst trains here once the customers are there, and publishes; each month's tags
 * are kept, to learn from what came of them.
 */

const LABEL = 'portOut.asked';
const LEAVING = 'leaving';
const ROWS = 40_000;
const OWN = { tag: 'own', is: true };

type Said = Omit<Partial<NewModel>, 'names' | 'meaning'> & Pick<NewModel, 'id' | 'scene' | 'score'>;
const outside = (zh: string, en: string, said: Said) => ({
  kind: 'outside',
  purpose: 'marketing',
  names: { zh, en },
  meaning: {
    zh: '大数据中心算好送来的分，0 至 1000，越高越可能。这里只看它准不准，不训练。',
    en: 'Scores as the data centre sends them, 0 to 1000, the higher the likelier. Here they are watched, not trained.',
  },
  owner: '大数据中心 · Data centre',
  ...said,
});

const OUTSIDE = [
  outside('离网倾向（大数据中心）', 'Churn score (data centre)', { id: 'dc-churn', scene: 'churn', score: 'score.churn', label: LABEL, horizonDays: HORIZON, population: OWN }), // biome-ignore format: one line each
  outside('5G 升级倾向', '5G upgrade', { id: 'dc-5g', scene: 'need', score: 'score.fiveG', label: 'fiveG', horizonDays: HORIZON, population: OWN }), // biome-ignore format: one line each
  outside('宽带倾向', 'Broadband', { id: 'dc-broadband', scene: 'need', score: 'score.broadband', label: 'broadband', horizonDays: HORIZON, population: OWN }), // biome-ignore format: one line each
  outside('异网策反', 'Winning over', { id: 'dc-winback', scene: 'winBack', score: 'score.winBack', population: { tag: 'own', is: false } }), // biome-ignore format: one line each
];

/** They were in use long before they were registered: how they did is handed in with them. Who was won over by a score, nobody has counted. */
const WATCHED: readonly Watched[] = [
  { id: 'dc-churn', score: 'score.churn', own: true, judged: true, drift: 0.1 },
  { id: 'dc-5g', score: 'score.fiveG', own: true, judged: true, drift: 0.45 },
  { id: 'dc-broadband', score: 'score.broadband', own: true, judged: true, drift: 0.12 },
  { id: 'dc-winback', score: 'score.winBack', own: false, judged: false, drift: 0.1 },
];

const TRAINED = {
  id: LEAVING,
  kind: 'trained',
  scene: 'churn',
  purpose: 'marketing',
  names: { zh: '离网预测', en: 'Leaving' },
  meaning: {
    zh: '预测在网客户是否会申请携号转网授权码。只用每天都有意义的标签学习；按月累计的账单和天数随日子变，不用。',
    en: 'Foresees whether an own customer asks for a transfer code. Learned from tags that mean the same every day; what adds up over a month is left out.',
  },
  label: LABEL,
  horizonDays: HORIZON,
  population: OWN,
  owner: '汐墨',
  score: 'score.leaving',
};

/** Tags that say the same on every day of a month. */
const INPUTS =
  `age gender tenure plan.name plan.fee plan.prepaid fiveG fiveG.phone broadband broadband.speed iptv fttr secondaryCards family.size
  arpu arpu.before balance.amount data.used voice.minutes voice.silentDays usage.otherThanVoice forward.foreignDays contract.kind contract.ends credit star
  tier kqi app.activeDays wecom channel.preferred interest complaints faults orders`.split(/\s+/);

interface Page {
  readonly published: { readonly n: number } | null;
  readonly latest: { readonly n: number; readonly state: string } | null;
}

/** Resolves when everything is registered and published, or it was stopped. `token`: of an analyst. */
export async function keepModels(s: DoorSettings & { readonly city: City }): Promise<void> {
  await untilDone(s, 'the models are not there yet', async (_ask, token) => {
    const call = async <T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> => {
      const answer = await send(s, path, token, 'application/json', body && JSON.stringify(body), method);
      return { status: answer.status, body: (await answer.json()) as T };
    };
    const label = await call<{ known: number; counting: boolean }>('GET', `/api/tags/${LABEL}`);
    if (label.status !== 200 || label.body.known === 0 || label.body.counting) return false;
    const { items } = (await call<{ items: { id: string }[] }>('GET', '/api/models')).body;
    const there = new Set(items.map((m) => m.id));
    for (const model of [TRAINED, ...OUTSIDE]) if (!there.has(model.id)) await call('POST', '/api/models', model);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: s.zone }).format(Date.now());
    for (const watched of WATCHED) {
      const { items: seen } = (await call<{ items: { handed: boolean }[] }>('GET', `/api/models/${watched.id}/monitor?limit=400`)).body;
      if (seen.length > 1 || seen.some((day) => day.handed)) continue; // watched here for days, or told already
      await call('POST', `/api/models/${watched.id}/days`, { days: pastDays(s.city, watched, today) });
    }
    const { published, latest } = (await call<Page>('GET', `/api/models/${LEAVING}`)).body;
    if (latest === null) {
      await call('POST', `/api/models/${LEAVING}/observations`);
      await call('PUT', `/api/models/${LEAVING}/observations`, { every: 'month' });
      await call('POST', `/api/models/${LEAVING}/versions`, { inputs: INPUTS, rows: ROWS });
    }
    if (latest?.state === 'trained') await call('POST', `/api/models/${LEAVING}/versions/${latest.n}/publish`, {});
    return published !== null || latest?.state === 'failed';
  });
}
