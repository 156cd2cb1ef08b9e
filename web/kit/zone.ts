import type { Instant, Lang, Where } from './format.ts';
import { offset } from './format.ts';

/** The operator's time zone: `<html data-zone>`, which the server may set; Beijing time otherwise. */
export const zone = (): string => document.documentElement.dataset.zone || 'Asia/Shanghai';

/** The operator's customer service, as customers dial it; null where none is set. */
export const hotline = (): string | null => document.documentElement.dataset.hotline || null;

/** Everything `format.ts` wants to know of its surroundings. */
export const where = (lang: Lang): Where => ({ lang, zone: zone() });

/** True where the reader's own clock shows another time than the page. */
export const isElsewhere = (now: Instant): boolean => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return offset(now, own) !== offset(now, zone());
};
