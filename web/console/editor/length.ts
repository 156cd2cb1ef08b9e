import type { Lang } from '../../kit/format.ts';

/** Lengths of time as people type them, exact to the second. */

const UNITS = [
  { seconds: 86_400, short: 'd', zh: '天', en: 'd', names: ['d', 'day', 'days', '天', '日'] },
  { seconds: 3_600, short: 'h', zh: '小时', en: 'h', names: ['h', 'hour', 'hours', '小时', '时'] },
  { seconds: 60, short: 'm', zh: '分钟', en: 'min', names: ['m', 'min', 'mins', 'minute', 'minutes', '分钟', '分'] },
  { seconds: 1, short: 's', zh: '秒', en: 's', names: ['s', 'sec', 'second', 'seconds', '秒'] },
] as const;

const secondsOf = (unit: string) => UNITS.find(({ names }) => (names as readonly string[]).includes(unit.toLowerCase()))?.seconds;

/** Seconds of `1h30m`, `2天3小时`, `1.5 h`, `40 min`; a figure alone is minutes. Null for what cannot be read or is no whole second. */
export function lengthOf(text: string): number | null {
  const said = text.trim();
  if (/^\d+$/.test(said)) return whole(Number(said) * 60);
  if (!/^(?:\d+(?:\.\d+)?\s*\p{L}+\s*)+$/u.test(said)) return null;
  let sum = 0;
  for (const [, count, unit] of said.matchAll(/(\d+(?:\.\d+)?)\s*(\p{L}+)/gu)) {
    const seconds = secondsOf(unit!);
    if (seconds === undefined) return null;
    sum += Number(count) * seconds;
  }
  return whole(sum);
}

const whole = (seconds: number) =>
  Number.isSafeInteger(Math.round(seconds)) && Math.abs(seconds - Math.round(seconds)) < 1e-6 ? Math.round(seconds) : null;

const split = (seconds: number) => {
  let rest = seconds;
  return UNITS.flatMap((unit) => {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    return count > 0 ? [{ count, unit }] : [];
  });
};

/** Every unit that is needed, nothing rounded: `1小时30分钟`, `1 h 30 min`; zero is `0`. */
export const lengthText = (seconds: number, lang: Lang): string => {
  const parts = split(seconds);
  if (parts.length === 0) return '0';
  return lang === 'zh-CN'
    ? parts.map(({ count, unit }) => `${count}${unit.zh}`).join('')
    : parts.map(({ count, unit }) => `${count} ${unit.en}`).join(' ');
};

/** One figure and one unit, as the standard files write it: `4m`, `90m`, `48h`, `0`. Hours go up to three days, as the trade counts promises. */
export const lengthCode = (seconds: number): string => {
  if (seconds === 0) return '0';
  const unit = UNITS.find(({ seconds: each, short }) => seconds % each === 0 && (short !== 'd' || seconds === each || seconds > 3 * each));
  return `${seconds / unit!.seconds}${unit!.short}`;
};
