import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { Moment } from '../kit/TimeAgo.tsx';
import { newestFirst } from './reading.ts';

const FIRST = 5;

/** What happened, newest first; the first few, then all when asked for. */
export const History = ({ lines, orderRef }: { lines: TrackedOrder['lines']; orderRef: string }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const sorted = newestFirst(lines);
  const shown = open ? sorted : sorted.slice(0, FIRST);
  return (
    <section className="t-card t-history" aria-labelledby="history-title">
      <h3 id="history-title">{t('history.title')}</h3>
      {sorted.length === 0 && <p className="t-quiet">{t('history.none')}</p>}
      <ol className="t-lines">
        {shown.map((line) => (
          <li key={`${line.at} ${line.text}`}>
            <p>{line.text}</p>
            <p className="t-lines-time">
              <Moment at={line.at} />
            </p>
          </li>
        ))}
      </ol>
      {sorted.length > FIRST && (
        <button type="button" className="g-button g-button-quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('history.less') : t('history.all', { count: sorted.length })}
        </button>
      )}
      <p className="t-quiet">
        {t('order.ref')} {orderRef}
      </p>
    </section>
  );
};
