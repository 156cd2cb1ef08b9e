const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of a duration as a person writes it: '20s', '4m', '14h', '3d' (a day is 86,400 s), '0'. Throws on anything else. */
export function durationSeconds(text: string): number {
  if (text === '0') return 0;
  const match = /^(\d{1,9})([smhd])$/.exec(text);
  if (!match) throw new Error(`not a duration like 20s, 4m, 14h or 3d: ${text}`);
  return Number(match[1]) * unitSeconds[match[2]!]!;
}

/** Seconds since local midnight of a time of day: '08:00' → 28,800; '24:00' is the day's end. Throws on anything else. */
export function timeOfDaySeconds(text: string): number {
  const match = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(text);
  if (!match) throw new Error(`not a time of day like 08:00: ${text}`);
  return match[1] === undefined ? 86_400 : Number(match[1]) * 3_600 + Number(match[2]) * 60;
}
