import { Link } from '@tanstack/react-router';
import { Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counted } from '#audience/contract';
import { Refused, useTrouble } from '../../kit/faces.tsx';
import { integer, percent } from '../../kit/format.ts';
import { DataTime } from '../parts/DataTime.tsx';
import type { Answered } from './useAnswer.ts';

interface Props {
  count: Answered<Counted>;
  /** When the oldest tag that is asked was loaded. */
  loadedAt: string | null;
  /** How many lines say something. */
  lines: number;
  /** The mistake is told at its line already. */
  isToldAtLine: boolean;
  children: ReactNode;
}

/** The exact number, how it stands to everybody, how long it took, of when it is, and the definition as a sentence. */
export const CountPanel = ({ count, loadedAt, lines, isToldAtLine, children }: Props) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const { data, error } = count;
  if (!data && error && !isToldAtLine) return <Refused error={error} onAgain={count.again} />;
  return (
    <section className="c-aud-count" aria-label={t('audience.count')} aria-busy={count.late}>
      <p className="c-aud-number-line">
        <output className={count.fresh ? 'c-aud-total' : 'c-aud-total c-aud-before'}>{data ? integer(data.count) : '–'}</output>
        <span>{t('audience.people')}</span>
        {count.late && (
          <span className="c-aud-working">
            <Spin size="small" /> {t('audience.counting')}
          </span>
        )}
      </p>
      {data && (
        <p className="c-aud-facts">
          <span>{t('audience.ofBase', { share: shareOf(data, t('audience.few')), base: integer(data.base) })}</span>
          <span>{t('audience.took', { ms: data.ms < 10 ? data.ms.toFixed(1) : integer(data.ms) })}</span>
          {loadedAt && <DataTime at={loadedAt} />}
        </p>
      )}
      {data?.base === 0 && (
        <p className="c-aud-note">
          {t('audience.nobody')} <Link to="/customers">{t('audience.toCustomers')}</Link>
        </p>
      )}
      {error !== null && error !== undefined && (
        <p className="c-aud-note c-aud-bad" role="status">
          {isToldAtLine ? t('audience.mistake') : trouble(error)} {data && t('audience.stillBefore')}
        </p>
      )}
      {children}
      {data && <p className="c-aud-sentence">{lines === 0 ? t('audience.everybody') : data.sentence}</p>}
    </section>
  );
};

/** A share that rounds to nothing is still somebody. */
const shareOf = ({ count, base }: Counted, few: string): string =>
  count > 0 && count / base < 0.001 ? few : percent(base > 0 ? count / base : 0);
