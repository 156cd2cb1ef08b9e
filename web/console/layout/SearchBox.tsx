import SearchOutlined from '@ant-design/icons/SearchOutlined';
import { useNavigate } from '@tanstack/react-router';
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyList, JourneyRow } from '#tracking/contract';
import { get, post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { StateTag } from '../../kit/StateTag.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';
import { useAddress } from '../address.ts';
import { rowState } from '../orders/rowState.ts';
import { type Ask, ask, KINDS_TO_TRY } from './ask.ts';

type Found =
  | { state: 'quiet' }
  | { state: 'busy' }
  | { state: 'hint'; text: string }
  | { state: 'found'; items: JourneyRow[]; total: number };

const LIMIT = 8;

/** Personal values travel in the body; only business numbers may stand in an address. */
async function find(what: Ask, signal: AbortSignal): Promise<JourneyList | null> {
  if (what.how === 'number') return get<JourneyList>('/api/journeys', { q: what.q, limit: LIMIT }, { signal });
  if (what.how === 'pair') return post<JourneyList>('/api/journeys/search', { idNumber: what.idNumber, phone: what.phone }, { signal });
  if (what.how !== 'service') return null;
  let last: JourneyList | null = null;
  for (const kind of KINDS_TO_TRY) {
    last = await post<JourneyList>('/api/journeys/search', { kind, value: what.value }, { signal });
    if (last.items.length > 0) return last;
  }
  return last;
}

/** Any number of an order, from any page: `/` puts the cursor here, Enter opens the only hit or shows all of them. */
export const SearchBox = () => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const navigate = useNavigate();
  const [, change] = useAddress();
  const input = useRef<InputRef>(null);
  const box = useRef<HTMLElement>(null);
  const running = useRef<AbortController | null>(null);
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found>({ state: 'quiet' });
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    const away = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('keydown', key);
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    return () => {
      document.removeEventListener('keydown', key);
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
    };
  }, []);

  const show = (id: string) => {
    setOpen(false);
    change({ open: id });
  };
  const search = async () => {
    const what = ask(text);
    running.current?.abort();
    if (what.how === 'nothing') return setOpen(false);
    setOpen(true);
    if (what.how === 'needs-phone') return setFound({ state: 'hint', text: t('search.needsPhone') });
    const attempt = new AbortController();
    running.current = attempt;
    setFound({ state: 'busy' });
    try {
      const list = await find(what, attempt.signal);
      if (list?.items.length === 1) {
        setFound({ state: 'quiet' });
        return show(list.items[0]!.id);
      }
      setFound(
        list && list.items.length > 0
          ? { state: 'found', items: list.items.slice(0, LIMIT), total: list.total }
          : { state: 'hint', text: t('search.nothing') },
      );
    } catch (error) {
      if (!attempt.signal.aborted) setFound({ state: 'hint', text: trouble(error) });
    }
  };
  const all = () => {
    setOpen(false);
    void navigate({ to: '/orders', search: { q: text.trim(), tab: 'all' } as never });
  };

  return (
    <search ref={box} className="c-search">
      <Input
        ref={input}
        variant="filled"
        allowClear
        prefix={<SearchOutlined />}
        suffix={text ? undefined : <span className="c-key">/</span>}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        value={text}
        maxLength={128}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(false);
        }}
        onPressEnter={() => void search()}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      />
      {open && found.state !== 'quiet' && (
        <div className="c-search-found" aria-live="polite">
          {found.state === 'busy' && <p>{t('search.busy')}</p>}
          {found.state === 'hint' && <p>{found.text}</p>}
          {found.state === 'found' && (
            <ul>
              {found.items.map((row) => (
                <li key={row.id}>
                  <button type="button" onClick={() => show(row.id)}>
                    <strong>{row.root.value}</strong>
                    <StateTag state={rowState(row)} />
                    <span className="c-soft">
                      {row.scenarioName} · <TimeAgo at={row.startedAt} />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          {found.state === 'found' && ask(text).how === 'number' && found.total > found.items.length && (
            <button type="button" className="g-button g-button-quiet" onClick={all}>
              {t('search.all', { count: found.total })}
            </button>
          )}
        </div>
      )}
    </search>
  );
};
