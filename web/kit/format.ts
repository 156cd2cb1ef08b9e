/** How times, lengths and figures read, in Chinese and English. Pure: the present, the zone and the language are always handed over. */

export type Lang = 'zh-CN' | 'en-US';

/** An ISO text with offset, epoch milliseconds, or a Date. */
export type Instant = string | number | Date;

export interface Where {
  lang: Lang;
  /** IANA name; the operator's zone, not the reader's. */
  zone: string;
}

interface Wall {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  second: number;
}

const WEEKDAYS = { 'zh-CN': '日一二三四五六', 'en-US': ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const clocks = new Map<string, Intl.DateTimeFormat>();
const clockOf = (zone: string) => {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, made);
  return made;
};

export const ms = (t: Instant): number => (typeof t === 'number' ? t : new Date(t).getTime());

/** What the wall clock of a zone shows. */
const wall = (t: Instant, zone: string): Wall => {
  const p = Object.fromEntries(
    clockOf(zone)
      .formatToParts(ms(t))
      .map((x) => [x.type, Number(x.value)]),
  ) as unknown as Wall;
  return { ...p, weekday: new Date(Date.UTC(p.year, p.month - 1, p.day)).getUTCDay() };
};

const two = (n: number) => String(n).padStart(2, '0');
const dayNumber = (w: Wall) => Date.UTC(w.year, w.month - 1, w.day) / 86_400_000;

/** `09:30`. */
export const clock = (t: Instant, { zone }: Where): string => {
  const w = wall(t, zone);
  return `${two(w.hour)}:${two(w.minute)}`;
};

/** `11月21日 周六` · `Sat 21 Nov`; with the year where it is not the present one. */
export const day = (t: Instant, where: Where, now: Instant): string => {
  const w = wall(t, where.zone);
  const foreign = w.year !== wall(now, where.zone).year;
  if (where.lang === 'zh-CN') return `${foreign ? `${w.year}年` : ''}${w.month}月${w.day}日 周${WEEKDAYS['zh-CN'][w.weekday]}`;
  return `${WEEKDAYS['en-US'][w.weekday]} ${w.day} ${MONTHS[w.month - 1]}${foreign ? ` ${w.year}` : ''}`;
};

/** `11月21日 周六 09:30` · `Sat 21 Nov, 09:30`. */
export const moment = (t: Instant, where: Where, now: Instant): string =>
  `${day(t, where, now)}${where.lang === 'zh-CN' ? ' ' : ', '}${clock(t, where)}`;

const NEAR: Record<Lang, Record<number, string>> = {
  'zh-CN': { [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' },
  'en-US': { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
};

/** `今天 09:30`, `明天 09:30`, else as `moment`. */
export const nearMoment = (t: Instant, where: Where, now: Instant): string => {
  const near = NEAR[where.lang][dayNumber(wall(t, where.zone)) - dayNumber(wall(now, where.zone))];
  return near ? `${near} ${clock(t, where)}` : moment(t, where, now);
};

/** `2026-11-21 09:30:05 +08:00`: what stands behind every relative time. */
export const exact = (t: Instant, { zone }: Where): string => {
  const w = wall(t, zone);
  return `${w.year}-${two(w.month)}-${two(w.day)} ${two(w.hour)}:${two(w.minute)}:${two(w.second)} ${offset(t, zone)}`;
};

/** `+08:00`. */
export const offset = (t: Instant, zone: string): string => {
  const w = wall(t, zone);
  const minutes = Math.round((Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second) - ms(t)) / 60_000);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

/** `11月21日 周六 09:30–11:30`; both days named where they differ. */
export const window = (from: Instant, to: Instant, where: Where, now: Instant): string => {
  if (dayNumber(wall(from, where.zone)) === dayNumber(wall(to, where.zone))) return `${moment(from, where, now)}–${clock(to, where)}`;
  return `${moment(from, where, now)}${where.lang === 'zh-CN' ? ' 至 ' : ' to '}${moment(to, where, now)}`;
};

const UNITS = { 'zh-CN': ['天', '小时', '分钟', '秒'], 'en-US': [' d', ' h', ' min', ' s'] } as const;

/** The two largest units: `2天3小时` · `2 d 3 h`, `5分钟`, `40秒`. Seconds in; never negative. */
export const duration = (seconds: number, lang: Lang): string => {
  const whole = Math.max(0, Math.round(seconds));
  const rounded = whole < 60 ? whole : Math.round(whole / 60) * 60;
  const minutes = Math.floor(rounded / 60);
  const parts = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60, rounded % 60];
  const first = parts.findIndex((n) => n > 0);
  if (first < 0) return lang === 'zh-CN' ? '0秒' : '0 s';
  const units = UNITS[lang];
  const said = parts.slice(first, first + 2).map((n, i) => (n ? `${n}${units[first + i]}` : ''));
  return said.filter(Boolean).join(lang === 'zh-CN' ? '' : ' ');
};

const single = (seconds: number, lang: Lang): string => {
  const [count, unit] = seconds < 3600 ? [Math.floor(seconds / 60), 2] : [Math.floor(seconds / 3600), 1];
  return lang === 'zh-CN' ? `${count} ${UNITS['zh-CN'][unit]}` : `${count}${UNITS['en-US'][unit]}`;
};

/** `刚刚`, `3 分钟前`, `2 小时后`; beyond a day as `nearMoment`. */
export const ago = (t: Instant, where: Where, now: Instant): string => {
  const seconds = (ms(now) - ms(t)) / 1000;
  const size = Math.abs(seconds);
  const zh = where.lang === 'zh-CN';
  if (size < 60) return zh ? '刚刚' : 'just now';
  if (size >= 86_400) return nearMoment(t, where, now);
  const said = single(size, where.lang);
  if (seconds < 0) return zh ? `${said}后` : `in ${said}`;
  return zh ? `${said}前` : `${said} ago`;
};

/** A short phrase that no line break may part. */
export const tied = (text: string): string => text.replaceAll(' ', '\u00a0');

/** `12,345`. */
export const integer = (n: number): string => Math.round(n).toLocaleString('en-US');

const short = (n: number) => (n >= 100 ? String(Math.round(n)) : String(Number(n.toFixed(1))));

/** `9,999`, `3.4 万`, `1.2 亿` · `34k`, `120M`: for figures that are read, not added up. */
export const figure = (n: number, lang: Lang): string => {
  const size = Math.abs(n);
  const sign = n < 0 ? '-' : '';
  const steps: [number, string][] =
    lang === 'zh-CN'
      ? [
          [1e8, ' 亿'],
          [1e4, ' 万'],
        ]
      : [
          [1e9, 'B'],
          [1e6, 'M'],
          [1e4, 'k'],
        ];
  const step = steps.find(([least]) => size >= least);
  if (!step) return integer(n);
  const divisor = step[1] === 'k' ? 1e3 : step[0];
  return `${sign}${short(size / divisor)}${step[1]}`;
};

/** A share of one: `97.3%`. */
export const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`;

/** Between Han and Latin or digits, but not inside a date or a length: 11月21日, 2天3小时. */
const SEAM =
  /(?<=\p{Script=Han})(?<!\d[年月日天时分秒点])(?=[A-Za-z0-9@#$+])|(?<=\d[年月日天时分秒点])(?=[A-Za-z@#$+])|(?<=[A-Za-z%℃])(?=\p{Script=Han})|(?<=\d)(?![年月日天时分秒点]|小时)(?=\p{Script=Han})/gu;

/** A space between Han and Latin or digits where we compose text; dates stay closed. */
export const spaced = (text: string): string => text.replace(SEAM, ' ');
