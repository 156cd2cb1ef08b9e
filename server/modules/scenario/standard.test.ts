import { describe, expect, test } from 'vitest';
import { problems } from './check.ts';
import { durationSeconds, timeOfDaySeconds } from './duration.ts';
import { calendarOf, journeyMilestone, termFor } from './promise.ts';
import { calendars, exceptions, figures, holders, kinds, standardScenarios, systems, waits } from './standard.ts';

const all = standardScenarios();
const milestones = all.flatMap((scenario) => scenario.milestones);
const steps = milestones.flatMap((milestone) => milestone.steps);
const scenario = (id: string) => all.find((one) => one.id === id)!;
const milestone = (of: string, id: string) => scenario(of).milestones.find((one) => one.id === id)!;
const closing = (of: string, id: string) =>
  milestone(of, id)
    .steps.filter((step) => step.closes)
    .map((step) => step.type);
const different = (values: string[]) => new Set(values).size;

/** Every text of a value that has two languages, with the path to it. */
function texts(value: unknown, path = ''): { path: string; zh: string; en: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { zh, en } = value as { zh?: string; en?: string };
  if (typeof zh === 'string' && typeof en === 'string') return [{ path, zh, en }];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}
const words = { all, waits: waits(), exceptions: exceptions(), holders: holders(), systems: systems(), kinds: kinds(), figures: figures() };

describe('the standard scenarios', () => {
  test('are seventeen, in the order of the domain source', () => {
    expect(all.map(({ id }) => id)).toEqual([
      'broadband-new',
      'bundle-new',
      'broadband-move',
      'broadband-speed',
      'home-wifi',
      'iptv-new',
      'broadband-cancel',
      'sim-online',
      'sim-store',
      'sim-port-in',
      'sim-replace',
      'terminal-purchase',
      'enterprise-fast-line',
      'enterprise-dedicated-line',
      'enterprise-voice',
      'fault-repair',
      'outlet-sim-supply',
    ]);
    expect(all.every(({ version }) => version === 1)).toBe(true);
  });

  test('have 64 different milestones, 139 with repeats', () => {
    expect([different(milestones.map(({ id }) => id)), milestones.length]).toEqual([64, 139]);
  });

  test('have 143 different steps, 264 with repeats: a step is told apart by its type alone', () => {
    expect([different(steps.map(({ type }) => type)), steps.length]).toEqual([143, 264]);
    // Six types come from a second or third source as well (payment.settled from three): by source and type it would be 149.
    expect(different(steps.map(({ source, type }) => `${source} ${type}`))).toBe(149);
  });

  test.each(all.map((one) => [one.id, one] as const))('%s has no problems', (_, one) => {
    expect(problems(one, { waits: waits(), exceptions: exceptions(), holders: holders() })).toEqual([]);
  });

  test('name only known sources and kinds', () => {
    expect(steps.filter(({ source }) => !systems().some(({ id }) => id === source))).toEqual([]);
    const roots = kinds()
      .filter(({ role }) => role.startsWith('root'))
      .map(({ id }) => id);
    expect(all.flatMap(({ root }) => root).filter((kind) => !roots.includes(kind))).toEqual([]);
  });

  test("close a milestone with the row's last upright step, or any of those joined with “or”", () => {
    expect(closing('broadband-new', 'submitted')).toEqual(['order.submitted']);
    expect(closing('sim-online', 'activated')).toEqual(['sim.activated']);
    expect(closing('sim-replace', 'issued')).toEqual(['card.written', 'esim.profile-downloaded']);
    expect(closing('terminal-purchase', 'received')).toEqual(['parcel.delivered', 'pickup.code-redeemed']);
    expect(closing('fault-repair', 'restored')).toEqual(['line.retested', 'remote.fixed']);
    expect(milestones.filter((one) => one.steps.filter((step) => step.closes).length > 1)).toHaveLength(3);
  });

  test('have three optional milestones, closed by their last step, and one optional stage', () => {
    const optional = all.flatMap((one) => one.milestones.filter((row) => row.optional).map((row) => `${one.id} ${row.id}`));
    expect(optional).toEqual(['broadband-new built', 'broadband-speed device-changed', 'enterprise-fast-line built']);
    expect(closing('broadband-new', 'built')).toEqual(['port.opened']);
    expect(all.flatMap((one) => one.stages.filter((stage) => stage.optional).map(({ id }) => id))).toEqual(['device']);
  });

  test('give times in seconds', () => {
    expect(milestone('broadband-new', 'arrived').steps[0]).toEqual({
      type: 'visit.started',
      source: 'field',
      optional: false,
      closes: false,
      p50: 14 * 3_600,
      p90: 30 * 3_600,
    });
  });

  test('keep the wording of the scenario that first gave it', () => {
    const taken = all.flatMap((one) => one.stages.filter(({ id }) => id === 'taken').map(({ names }) => names.en));
    expect(taken).toEqual(['Installer assigned', 'Installer assigned', 'Installer assigned', 'Technician assigned']);
    expect(milestone('bundle-new', 'kit-ready').names).toEqual({ zh: '号卡设备备妥', en: 'Kit ready' });
  });
});

describe('promises', () => {
  test('of broadband-new: answered in 30 min, completed in 48 h in the city and 72 h in the country, or in the slot', () => {
    expect(scenario('broadband-new').promise).toMatchObject({
      slot: true,
      terms: [
        { milestone: 'accepted', seconds: 1_800, clock: 'running' },
        { milestone: 'completed', seconds: 172_800, clock: 'running', when: 'city' },
        { milestone: 'completed', seconds: 259_200, clock: 'running', when: 'country' },
      ],
    });
  });

  test('a term is chosen by circumstance, the general one otherwise, the usual one when all are narrowed', () => {
    const days = (of: string, ...circumstances: Parameters<typeof termFor>[2]) =>
      termFor(scenario(of), journeyMilestone(scenario(of))!.id, circumstances)!.seconds / 86_400;
    expect([days('broadband-new'), days('broadband-new', 'country')]).toEqual([2, 3]);
    expect([days('enterprise-fast-line'), days('enterprise-fast-line', 'construction')]).toEqual([3, 15]);
    expect([days('enterprise-dedicated-line', 'same-city'), days('enterprise-dedicated-line', 'same-city', 'construction')]).toEqual([
      7, 25,
    ]);
    expect(days('enterprise-dedicated-line', 'construction', 'cross-province')).toBe(30);
    expect(termFor(scenario('home-wifi'), 'surveyed', [])).toBeUndefined();
  });

  test("the journey's own is that of the last milestone with a term", () => {
    expect(journeyMilestone(scenario('broadband-new'))!.id).toBe('completed');
    expect(journeyMilestone(scenario('sim-online'))!.id).toBe('delivered');
    expect(journeyMilestone({ ...scenario('sim-online'), promise: { ...scenario('sim-online').promise, terms: [] } })).toBeUndefined();
  });

  test('count in calendars that exist', () => {
    const clocks = all.flatMap((one) => one.promise.terms.map(({ clock }) => clock));
    expect(new Set(clocks)).toEqual(new Set(['running', 'workdays', 'desk']));
    expect(clocks.filter((clock) => !calendars().some(({ id }) => id === calendarOf(clock)))).toEqual([]);
  });
});

describe('the words around them', () => {
  test('waits are W1–W13; only what the customer caused, or nobody could help, stops the promise', () => {
    expect(waits().map(({ code }) => code)).toEqual(Array.from({ length: 13 }, (_, index) => `W${index + 1}`));
    expect(
      waits()
        .filter(({ promise }) => promise === 'stops')
        .map(({ code }) => code),
    ).toEqual(['W1', 'W2', 'W3', 'W4', 'W5', 'W11']);
    expect(
      waits()
        .filter(({ movesTo }) => movesTo)
        .map(({ code, movesTo }) => `${code} ${movesTo}`),
    ).toEqual(['W6 building', 'W7 build', 'W8 noc', 'W9 noc', 'W13 stock']);
    expect(waits().filter(({ movesTo }) => movesTo && !holders().some(({ id }) => id === movesTo))).toEqual([]);
  });

  test('exceptions are E1–E25, each event known once', () => {
    expect(exceptions().map(({ code }) => code)).toEqual(Array.from({ length: 25 }, (_, index) => `E${index + 1}`));
    const events = exceptions().flatMap((one) => one.events.map(({ source, type }) => `${source} ${type}`));
    expect(different(events)).toBe(events.length);
    expect(exceptions().find(({ code }) => code === 'E18')!.events).toHaveLength(4);
    expect(exceptions().find(({ code }) => code === 'E25')!.events).toEqual([]);
  });

  test('exceptions go back, begin waits and cancel as the domain source says', () => {
    const back = exceptions().flatMap(({ code, backTo }) => (backTo ? [`${code} ${backTo}`] : []));
    expect(back).toEqual([
      'E2 appointment.confirmed',
      'E4 resource.allocated',
      'E8 work.dispatched',
      'E9 work.taken',
      'E10 appointment.confirmed',
      'E22 visit.arrived',
    ]);
    expect(back.filter((one) => !steps.some(({ type }) => type === one.split(' ')[1]))).toEqual([]);
    const begun = exceptions().flatMap(({ code, wait, after }) => (wait ? [`${code} ${wait}${after ? ` after ${after}` : ''}`] : []));
    expect(begun).toEqual(['E1 customer-unreachable after 3', 'E3 no-resource', 'E6 site-access', 'E16 payment-pending', 'E24 outage']);
    expect(begun.filter((one) => !waits().some(({ id }) => id === one.split(' ')[1]))).toEqual([]);
    expect(exceptions().flatMap((one) => one.events.filter(({ cancels }) => cancels).map(({ type }) => type))).toEqual(['order.cancelled']);
  });

  test('holders keep hours of calendars that exist', () => {
    expect(holders()).toHaveLength(21);
    expect(holders().filter(({ calendar }) => !calendars().some(({ id }) => id === calendar))).toEqual([]);
  });

  test('kinds have their roles, the service number alone is personal', () => {
    const role = (of: string) =>
      kinds()
        .filter(({ role: one }) => one === of)
        .map(({ id }) => id);
    expect(role('root')).toEqual(['order', 'ticket', 'outletOrder', 'task', 'case']);
    expect(role('root2')).toEqual(['trade']);
    expect([role('part').length, role('asset').length, role('context').length]).toEqual([12, 11, 12]);
    expect(
      kinds()
        .filter(({ personal }) => personal)
        .map(({ id }) => id),
    ).toEqual(['serviceNumber']);
  });

  test('ids stand once', () => {
    for (const list of [all, waits(), holders(), systems(), kinds(), figures(), calendars()]) {
      expect(different(list.map(({ id }) => id))).toBe(list.length);
    }
  });

  test('Chinese is Chinese with full-width marks, English has no Han', () => {
    const found = texts(words);
    expect(found.length).toBeGreaterThan(350);
    expect(found.filter(({ en }) => /[\p{Script=Han}，。；：（）]/u.test(en))).toEqual([]);
    expect(found.filter(({ zh }) => /[,;?!()]|:(?!\d)|[\p{Script=Han}][A-Za-z0-9]|[A-Za-z0-9][\p{Script=Han}]/u.test(zh))).toEqual([]);
    expect(found.filter(({ zh }) => !/\p{Script=Han}/u.test(zh))).toEqual([]);
  });

  test("a customer reads no system's code", () => {
    const read = texts({ waits: waits().map(({ customer }) => customer), exceptions: exceptions().map(({ customer }) => customer) });
    expect(read.filter(({ zh, en }) => /\b[WE]\d+\b|\b(OC|BS|WO|NC|FD|LG|GH|CBSS|ONT|OLT)\b|\w\.\w/.test(`${zh} ${en}`))).toEqual([]);
  });

  test('are read once and cannot be changed', () => {
    expect(standardScenarios()).toBe(all);
    expect(() => {
      all[0]!.milestones[0]!.steps[0]!.p50 = 1;
    }).toThrow(TypeError);
  });
});

describe('durations and times of day', () => {
  test.each([
    ['0', 0],
    ['20s', 20],
    ['70m', 4_200],
    ['14h', 50_400],
    ['3d', 259_200],
  ])('%s is %d seconds', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  test.each(['', '4', '1.5h', '4 m', '-1m', '1w'])('“%s” is no duration', (text) => {
    expect(() => durationSeconds(text)).toThrow('not a duration');
  });

  test('08:00 and 24:00 are times of day, 24:01 and 8:00 are not', () => {
    expect([timeOfDaySeconds('08:00'), timeOfDaySeconds('24:00')]).toEqual([28_800, 86_400]);
    for (const text of ['24:01', '8:00', '12:60']) expect(() => timeOfDaySeconds(text)).toThrow('not a time of day');
  });
});
