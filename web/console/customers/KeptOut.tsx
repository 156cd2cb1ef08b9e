import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ErasedList } from '#customer/contract';
import type { Me } from '#org/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { may, useMe } from '../session.ts';
import { useSourceName } from '../tags/useSourceName.ts';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { useErased } from './erased.ts';
import { shortId } from './facts.ts';
import { OwnSign } from './OwnSign.tsx';
import { Readmit } from './Readmit.tsx';

const FEW = 3;
/** Where a file's count of rows that were kept out leads to. */
export const KEPT_OUT = 'kept-out';

/** Whoever answers for what is known of customers, or may act here. */
export const mayKeepOut = (me: Me | null | undefined): boolean => may(me, 'person:erase') || may(me, 'tag:manage');

type Line = ErasedList['items'][number];

/** Customers whose person was erased and whom their sources may send again: without anything personal. Who may act has a way to take one in again. */
export const KeptOut = ({ area }: { area: string | undefined }) => {
  const { t } = useTranslation();
  const me = useMe().data;
  const isSteward = mayKeepOut(me);
  const narrow = useNarrow();
  const erased = useErased(area, isSteward);
  if (!isSteward) return null;
  const { items = [], total = 0, heard = 0 } = erased.data ?? {};
  const few = narrow ? 0 : FEW;
  return (
    <div id={KEPT_OUT}>
      <Card title={t('readmission.title')} extra={<Readmit />}>
        {erased.isPending && <Loading lines={2} />}
        {erased.error && !erased.data && <Refused error={erased.error} onAgain={() => void erased.refetch()} />}
        {erased.data && total === 0 && <p className="c-soft">{t('readmission.nobody')}</p>}
        {total > 0 && (
          <>
            <p className="c-soft">
              {!narrow && `${t('readmission.what')} `}
              {t('readmission.sums', { total: integer(total), heard: integer(heard) })}
            </p>
            <Lines items={items.slice(0, few)} />
            {items.length > few && (
              <details className="c-cust-unknown">
                <summary>{t(few === 0 ? 'readmission.all' : 'readmission.more', { count: items.length - few })}</summary>
                <Lines items={items.slice(few)} />
              </details>
            )}
            {total > items.length && <p className="c-soft c-small">{t('readmission.first', { count: items.length })}</p>}
          </>
        )}
      </Card>
    </div>
  );
};

const Lines = ({ items }: { items: readonly Line[] }) => {
  const { t } = useTranslation();
  const names = useNames();
  const sourceOf = useSourceName();
  return (
    <ul className="c-list">
      {items.map((one) => (
        <li key={one.id}>
          <p className="c-list-head">
            <span>
              <Link
                to="/customers/$id"
                params={{ id: one.id }}
                className="c-number"
                aria-label={t('customer.open', { id: shortId(one.id) })}
              >
                {shortId(one.id)}
              </Link>{' '}
              <OwnSign customer={one} /> {one.area ? names.area(one.area) : t('customer.noArea')} · {sourceOf(one.source)}
            </span>
            <Readmit customer={one.id} size="small" />
          </p>
          <p className="c-soft">
            {t('readmission.erasedAt')} <Moment at={one.erasedAt} /> ·{' '}
            {one.heardAt ? (
              <>
                {t('readmission.heardAt')} <Moment at={one.heardAt} />
              </>
            ) : (
              t('readmission.notHeard')
            )}
          </p>
        </li>
      ))}
    </ul>
  );
};
