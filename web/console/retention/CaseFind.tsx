import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { Card } from '../parts/Card.tsx';
import { useNarrow } from '../useNarrow.ts';
import { CaseCards } from './CaseCards.tsx';
import { CaseTable } from './CaseTable.tsx';
import { type Case, searchCases } from './cases.ts';

const LEAST = 3;

type Found = { is: 'quiet' } | { is: 'said'; text: string } | { is: 'found'; items: Case[] };

/** The cases of one customer by his number, whatever became of them; a single one is opened at once. */
export const CaseFind = ({ onOpen }: { onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const narrow = useNarrow();
  const running = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found>({ is: 'quiet' });
  const search = async (text: string) => {
    running.current?.abort();
    const number = text.trim();
    if (number.length < LEAST) return setFound({ is: 'quiet' });
    const attempt = new AbortController();
    running.current = attempt;
    setBusy(true);
    try {
      const { items } = await searchCases(number, attempt.signal);
      if (items.length === 1) onOpen(items[0]!.id);
      setFound(
        items.length === 0 ? { is: 'said', text: t('retention.notFound') } : items.length === 1 ? { is: 'quiet' } : { is: 'found', items },
      );
    } catch (error) {
      if (!attempt.signal.aborted) setFound({ is: 'said', text: trouble(error) });
    } finally {
      if (running.current === attempt) setBusy(false);
    }
  };
  return (
    <>
      <Input.Search
        className="c-find"
        allowClear
        loading={busy}
        maxLength={128}
        inputMode="tel"
        autoComplete="off"
        placeholder={t('retention.find')}
        aria-label={t('retention.find')}
        onSearch={(text) => void search(text)}
      />
      <div className="c-ret-found" aria-live="polite">
        {found.is === 'said' && <p className="c-note c-note-wait">{found.text}</p>}
        {found.is === 'found' && (
          <Card
            title={t('retention.foundMany', { count: found.items.length })}
            extra={<Button onClick={() => setFound({ is: 'quiet' })}>{t('customer.closeFound')}</Button>}
          >
            {narrow ? (
              <CaseCards rows={found.items} onOpen={onOpen} />
            ) : (
              <CaseTable rows={found.items} tab="done" chosen={[]} open={undefined} onChoose={undefined} onOpen={onOpen} />
            )}
          </Card>
        )}
      </div>
    </>
  );
};
