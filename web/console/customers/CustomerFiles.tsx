import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportView } from '#customer/contract';
import { integer } from '../../kit/format.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { useMe } from '../session.ts';
import { useNarrow } from '../useNarrow.ts';
import { ImportProgress } from './ImportProgress.tsx';
import { isUnderWay, useImports } from './imports.ts';
import { KEPT_OUT, mayKeepOut } from './KeptOut.tsx';

const SIGNS: Record<ImportView['state'], StateName> = {
  receiving: 'current',
  queued: 'pending',
  working: 'current',
  done: 'done',
  failed: 'late',
};
const FEW = 3;

/** Files of customers under way and lately taken in: how far each is, and what came of it. Nothing stands here where there was none. */
export const CustomerFiles = () => {
  const { t } = useTranslation();
  const items = useImports().data?.items ?? [];
  const few = useNarrow() ? 1 : FEW;
  const [shown, older] = [items.filter((one, i) => i < few || isUnderWay(one)), items.filter((one, i) => i >= few && !isUnderWay(one))];
  if (items.length === 0) return null;
  return (
    <Card title={t('customerFile.title')}>
      <FileLines items={shown} />
      {older.length > 0 && (
        <details className="c-cust-unknown">
          <summary>{t('customerFile.older', { count: older.length })}</summary>
          <FileLines items={older} />
        </details>
      )}
    </Card>
  );
};

const FileLines = ({ items }: { items: readonly ImportView[] }) => (
  <ul className="c-list">
    {items.map((one) => (
      <li key={one.id}>
        <FileLine one={one} />
      </li>
    ))}
  </ul>
);

const FileLine = ({ one }: { one: ImportView }) => {
  const { t } = useTranslation();
  const me = useMe().data;
  const erasedRows = t('oneCustomer.erasedRows', { erased: integer(one.erased) });
  return (
    <>
      <p className="c-list-head">
        <span>
          <strong>{one.source}</strong> {one.files.map((f) => f.name).join(' ')}
        </span>
        <StateTag state={SIGNS[one.state]}>{t(`customerFile.state.${one.state}`)}</StateTag>
      </p>
      {isUnderWay(one) && <ImportProgress one={one} />}
      <p className="c-soft">
        <Moment at={one.endedAt ?? one.madeAt} />
        {one.state === 'done' &&
          ` · ${t('customerFile.sums', { customers: integer(one.customers), added: integer(one.added), changed: integer(one.changed), vanished: integer(one.vanished) })}`}
        {one.rejected > 0 && ` · ${t('customerFile.rejected', { rejected: integer(one.rejected) })}`}
        {one.erased > 0 && (
          <>
            {' · '}
            {mayKeepOut(me) ? (
              <Link to="/customers" search hash={KEPT_OUT}>
                {erasedRows}
              </Link>
            ) : (
              erasedRows
            )}
          </>
        )}
        {one.problem && ` · ${one.problem.message}`}
      </p>
    </>
  );
};
