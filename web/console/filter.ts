/** What narrows a list of journeys: all plain texts, because it lives in the URL. */
export interface JourneyFilter {
  scenario?: string;
  state?: string;
  stage?: string;
  milestone?: string;
  holder?: string;
  area?: string;
  wait?: string;
  reason?: string;
  source?: string;
  q?: string;
  from?: string;
  to?: string;
  sort?: string;
}

/** The tabs of an order book; each is a state of the orders, not a filter of the reader's. */
export const TABS = ['inHand', 'dueSoon', 'overdue', 'waiting', 'heldBack', 'doneToday', 'withdrawn', 'all'] as const;
export type Tab = (typeof TABS)[number];

export const tabOf = (text: string | undefined): Tab => TABS.find((tab) => tab === text) ?? 'inHand';

const FIELDS = ['scenario', 'stage', 'milestone', 'holder', 'area', 'wait', 'reason', 'source', 'q', 'from', 'to', 'sort'] as const;

/** Stands in the address where a reader with a book of his own wants to see all of them. */
export const ANY = 'any';

/** The filter that stands in an address; everything else in it is left alone. */
export function filterOf(search: Record<string, string | undefined>): JourneyFilter {
  return Object.fromEntries(FIELDS.filter((name) => search[name] && search[name] !== ANY).map((name) => [name, search[name]]));
}

/** Midnight in the operator's zone, as an instant with offset. `offset` such as "+08:00". */
export const startOfDay = (date: string, offset: string): string => `${date}T00:00:00${offset}`;

/** The day after a `yyyy-mm-dd`. */
export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** What a tab adds to the filter in a call. `today` is `yyyy-mm-dd` in the operator's zone. */
export function tabQuery(tab: Tab, today: string, offset: string): Record<string, string> {
  switch (tab) {
    case 'inHand':
      return { state: 'open' };
    case 'doneToday':
      return { state: 'done', finishedFrom: startOfDay(today, offset) };
    case 'withdrawn':
      return { state: 'cancelled', finishedFrom: startOfDay(today, offset) };
    case 'all':
      return {};
    default:
      return { state: 'open', [tab]: 'true' };
  }
}

/** What stands first in a tab while the reader has not said: the longest overdue, the soonest due, whoever has had it longest. */
export const firstIn = (tab: Tab): string => {
  if (tab === 'overdue' || tab === 'dueSoon') return 'dueAt';
  return tab === 'waiting' || tab === 'heldBack' ? 'holderSince' : '-startedAt';
};

/** The whole query of a list: the reader's days become instants, `to` is the day included. */
export function listQuery(filter: JourneyFilter, tab: Tab | null, today: string, offset: string): Record<string, string> {
  const { from, to, ...rest } = filter;
  return {
    ...(tab && firstIn(tab) !== '-startedAt' && { sort: firstIn(tab) }),
    ...(rest as Record<string, string>),
    ...(from && { from: startOfDay(from, offset) }),
    ...(to && { to: startOfDay(dayAfter(to), offset) }),
    ...(tab && tabQuery(tab, today, offset)),
  };
}

/** `yyyy-mm-dd` of an instant in a zone. */
export const dateIn = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);

/** `?a=1&b=2` ↔ `{ a: '1', b: '2' }`, without JSON in the address. */
export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

export const writeSearch = (search: Record<string, unknown>): string => {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : '';
};
