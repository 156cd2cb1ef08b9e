import type { TrackedOrder } from '#tracking/contract';
import { ago, duration, exact, moment, nearMoment, window as span, type Where } from '../kit/format.ts';
import { STATES } from '../kit/state.ts';
import { isPast, moodOf, newestFirst, nextDate, presentStage, secondsLate, usualAhead, waitEnd } from '../track/reading.ts';
import { fill, h } from './dom.ts';
import type zh from './widget.zh.ts';

export type Words = typeof zh;

/** Everything a picture of an order depends on. */
export interface Scene {
  order: TrackedOrder;
  words: Words;
  where: Where;
  now: number;
  /** Epoch ms of the last word from the server while it is not reachable; null: live. */
  staleSince: number | null;
  /** Address of the whole page. */
  page: string;
}

/** Signs as characters: a widget carries no pictures. */
const SIGNS = { check: '✓', dot: '●', ring: '○', dash: '–', pause: '‖', alert: '!', cross: '×', half: '◐', lock: '!' } as const;
const signOf = (state: keyof typeof STATES) => h('i', { 'aria-hidden': 'true' }, SIGNS[STATES[state].sign]);

const note = (tone: string, text: string, then?: string | null) => h('p', { class: `note ${tone}` }, text, then ? h('b', {}, then) : null);
const fact = (name: string, value: string, more?: string | null) =>
  h('div', {}, h('dt', {}, name), h('dd', {}, value, more ? h('small', {}, more) : null));
const time = (at: string, { where, now }: Scene) => h('time', { datetime: at, title: exact(at, where) }, moment(at, where, now));

const badNews = ({ order, words, where, now }: Scene) => {
  if (order.state !== 'open') return [order.notice && note('calm', order.notice)];
  const next = nextDate(order, now);
  const when = next && ('by' in next ? moment(next.by, where, now) : span(next.from, next.to, where, now));
  const until = waitEnd(order, now);
  const by = duration(secondsLate(order, now), where.lang);
  return [
    order.late &&
      order.promise &&
      note(
        'bad',
        fill(words.late, { time: moment(order.promise.to, where, now), by }),
        when ? fill(words.lateNext, { time: when }) : words.lateUnknown,
      ),
    order.wait && note('wait', order.wait, until && fill(words.waitUntil, { time: moment(until, where, now) })),
    order.notice && !order.wait && note('wait', order.notice),
  ];
};

const facts = ({ order, words, where, now }: Scene) => {
  if (order.state !== 'open') return null;
  const usual = usualAhead(order, now);
  return h(
    'dl',
    {},
    order.slot && fact(isPast(order.slot, now) ? words.slotPast : words.slot, span(order.slot.from, order.slot.to, where, now)),
    order.next && fact(words.next, order.next.name, usual && fill(words.usual, { time: span(usual.from, usual.to, where, now) })),
    order.promise && !order.late && fact(words.promise, fill(words.by, { time: moment(order.promise.to, where, now) })),
    order.replan &&
      fact(
        words.promise,
        order.replan.to ? fill(words.by, { time: moment(order.replan.to, where, now) }) : words.dateOpen,
        fill(words.promiseWas, { time: moment(order.replan.was, where, now) }),
      ),
  );
};

const stages = (scene: Scene) =>
  h(
    'ol',
    { 'aria-label': scene.words.stages },
    ...scene.order.stages.map((stage) =>
      h(
        'li',
        { class: stage.state, 'aria-current': stage.state === 'current' ? 'step' : null },
        signOf(stage.state),
        h('span', {}, stage.name),
        stage.at ? time(stage.at, scene) : null,
      ),
    ),
  );

const visitor = ({ order, words }: Scene) => {
  const { visitor: who } = order;
  if (!who || order.state !== 'open') return null;
  const phone = who.phone?.replace(/[^\d+,;*#]/g, '');
  return h(
    'div',
    { class: 'part' },
    h('p', {}, h('small', {}, words.visitor), h('b', {}, who.name), ` ${words.id} ${who.id}`),
    phone ? h('a', { class: 'button', href: `tel:${phone}` }, fill(words.call, { name: who.name })) : null,
    h('small', {}, words.check),
  );
};

const parcel = (scene: Scene) => {
  const { parcel: sent } = scene.order;
  const last = sent && newestFirst(sent.steps)[0];
  if (!sent) return null;
  return h(
    'div',
    { class: 'part' },
    h(
      'p',
      {},
      h('small', {}, `${scene.words.parcel} ${sent.number}`),
      last ? h('b', {}, last.text) : null,
      ' ',
      last ? time(last.at, scene) : null,
    ),
  );
};

/** One order, as the widget shows it. */
export const orderView = (scene: Scene): HTMLElement => {
  const { order, words, where, now, staleSince } = scene;
  const mood = moodOf(order);
  return h(
    'article',
    { class: mood, 'aria-label': order.title },
    staleSince !== null && h('p', { class: 'note wait', role: 'status' }, fill(words.stale, { time: nearMoment(staleSince, where, now) })),
    h('header', {}, h('span', {}, order.title), h('span', { class: `tag ${mood}` }, signOf(mood), words.mood[mood])),
    h('p', { class: 'stage' }, mood === 'cancelled' ? words.cancelled : (presentStage(order)?.name ?? words.received)),
    ...badNews(scene).filter((each) => each instanceof Node),
    facts(scene),
    stages(scene),
    visitor(scene),
    parcel(scene),
    h(
      'footer',
      {},
      h('span', {}, fill(words.updated, { time: ago(order.updatedAt, where, now) })),
      h('a', { href: scene.page, target: '_blank', rel: 'noopener noreferrer' }, words.more),
    ),
  );
};
