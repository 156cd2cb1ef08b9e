import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Lang } from '../format.ts';
import en from './kit.en.ts';
import zh from './kit.zh.ts';

/** Words of one app: its two files `NAME.zh.ts` and `NAME.en.ts` (same keys, a test sees to it). */
export interface Words {
  zh: object;
  en: object;
}

const KEPT = 'glasshouse.lang';

/** Storage may be refused (private windows, embedding); the choice is then for this page only. */
const kept = (): string | null => {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
};
const keep = (lang: Lang) => {
  try {
    localStorage.setItem(KEPT, lang);
  } catch {
    /* said above */
  }
};

/** `en`, `en-US`, `EN_us` → en-US; `zh…` → zh-CN; anything else: null. */
export const langOf = (text: string | null | undefined): Lang | null => {
  if (!text) return null;
  if (/^en\b|^en_/i.test(text)) return 'en-US';
  return /^zh\b|^zh_/i.test(text) ? 'zh-CN' : null;
};

/** `?lang=` beats what was kept, that beats Chinese. */
export const chosenLang = (): Lang => langOf(new URLSearchParams(location.search).get('lang')) ?? langOf(kept()) ?? 'zh-CN';

/** The language on show. */
export const lang = (): Lang => langOf(i18next.language) ?? 'zh-CN';

/** Words that are fetched when their language is first on show. */
export type Fetched = Record<Lang, () => Promise<{ default: object }>>;

let fetchWords: ((next: Lang) => Promise<void>) | undefined;

/** Starts the words of the kit and of one app, at once (no request). Call before the first render. */
export const startI18n = (app: string, words: Words): void => start(app, { 'zh-CN': words.zh, 'en-US': words.en });

/** The same where an app has many words: those of the language on show alone. Rejects when they cannot be had. */
export async function fetchI18n(app: string, words: Fetched): Promise<void> {
  const chosen = chosenLang();
  start(app, { [chosen]: (await words[chosen]()).default });
  fetchWords = async (next) => {
    if (!i18next.hasResourceBundle(next, app)) i18next.addResourceBundle(next, app, (await words[next]()).default);
  };
}

const start = (app: string, words: Partial<Record<Lang, object>>): void => {
  const chosen = chosenLang();
  void i18next.use(initReactI18next).init({
    lng: chosen,
    fallbackLng: 'zh-CN',
    supportedLngs: ['zh-CN', 'en-US'],
    ns: [app, 'kit'],
    defaultNS: app,
    fallbackNS: 'kit',
    resources: {
      'zh-CN': { kit: zh, ...(words['zh-CN'] && { [app]: words['zh-CN'] }) },
      'en-US': { kit: en, ...(words['en-US'] && { [app]: words['en-US'] }) },
    },
    interpolation: { escapeValue: false },
    initAsync: false,
    react: { useSuspense: false },
  });
  document.documentElement.lang = chosen;
};

/** Changes the language, keeps the choice, and mends a `?lang=` that would undo it. Whose words cannot be had any more (a newer program) reads the page anew. */
export const speak = async (next: Lang): Promise<void> => {
  keep(next);
  const url = new URL(location.href);
  if (url.searchParams.has('lang')) {
    url.searchParams.set('lang', next);
    history.replaceState(history.state, '', url);
  }
  try {
    await fetchWords?.(next);
  } catch {
    location.reload();
    return;
  }
  document.documentElement.lang = next;
  await i18next.changeLanguage(next);
};
