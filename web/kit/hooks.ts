import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Where } from './format.ts';
import { langOf } from './i18n/index.ts';
import { follow, type LiveState } from './live.ts';
import type { Mode } from './tokens.ts';
import { where } from './zone.ts';

/** Language and zone for `format.ts`; changes with the language. */
export const useWhere = (): Where => {
  const { i18n } = useTranslation();
  return where(langOf(i18n.language) ?? 'zh-CN');
};

const BEAT = 15_000;
const heard = new Set<() => void>();
let present = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

const listen = (hear: () => void) => {
  heard.add(hear);
  present = Date.now();
  timer ??= setInterval(() => {
    present = Date.now();
    for (const each of heard) each();
  }, BEAT);
  return () => {
    heard.delete(hear);
    if (heard.size || !timer) return;
    clearInterval(timer);
    timer = null;
  };
};

/** The present in epoch ms, renewed every 15 s by one clock for the whole page. */
export const useNow = (): number => useSyncExternalStore(listen, () => present);

/** The last value of a stream and how fresh it is. `path` null: nothing is followed. The value is kept while the connection is away. */
export const useLive = <T>(path: string | null): { value: T | null; live: LiveState } => {
  const [value, setValue] = useState<{ path: string; value: T } | null>(null);
  const [live, setLive] = useState<LiveState>({ state: 'connecting' });
  const { i18n } = useTranslation();
  const spoken = i18n.language;
  // The language is part of the request: another language is another stream.
  useEffect(() => {
    if (!path || !spoken) return;
    return follow<T>({ path, onValue: (next) => setValue({ path, value: next }), onState: setLive });
  }, [path, spoken]);
  return { value: value && value.path === path ? value.value : null, live };
};

const darkly = () => matchMedia('(prefers-color-scheme: dark)');
const forced = (): Mode | null => {
  const told = document.documentElement.dataset.theme;
  return told === 'light' || told === 'dark' ? told : null;
};

/** Light or dark: what `<html data-theme>` says, else what the system wants. */
export const useMode = (): Mode =>
  useSyncExternalStore(
    (hear) => {
      const wish = darkly();
      const told = new MutationObserver(hear);
      wish.addEventListener('change', hear);
      told.observe(document.documentElement, { attributeFilter: ['data-theme'] });
      return () => {
        wish.removeEventListener('change', hear);
        told.disconnect();
      };
    },
    () => forced() ?? (darkly().matches ? 'dark' : 'light'),
  );
