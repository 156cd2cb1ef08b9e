import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportView } from '#customer/contract';
import { get } from '../../kit/api.ts';
import { integer } from '../../kit/format.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';

const LOOK_MS = { busy: 2_000, quiet: 60_000 };
const SIGNS: Record<ImportView['state'], StateName> = {
  receiving: 'current',
  queued: 'pending',
  working: 'current',
  done: 'done',
  failed: 'late',
};
const FEW = 3;

const isUnderWay = ({ state }: ImportView): boolean => state !== 'done' && state !== 'failed';

const useImports = () =>
  useQuery({
    queryKey: ['customers', 'imports'],
    queryFn: ({ signal }) => get<{ items: ImportView[] }>('/api/customers/imports', {}, { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_MS.busy : LOOK_MS.quiet),
  });

/** Files of customers under way and lately taken in: how far each is, and what came of it. Nothing stands here where there was none. */
export const CustomerFiles = () => {
  const { t } = useTranslation();
  const items = useImports().data?.items ?? [];
  const [shown, older] = [items.filter((one, i) => i < FEW || isUnderWay(one)), items.filter((one, i) => i >= FEW && !isUnderWay(one))];
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
  const sent = one.files.reduce((sum, f) => sum + f.received, 0);
  const [done, total] = one.state === 'receiving' ? [sent, one.files.reduce((sum, f) => sum + f.bytes, 0)] : [one.done, one.total];
  const percent = total === 0 ? 0 : Math.floor((done / total) * 100);
  return (
    <>
      <p className="c-list-head">
        <span>
          <strong>{one.source}</strong> {one.files.map((f) => f.name).join(' ')}
        </span>
        <StateTag state={SIGNS[one.state]}>{t(`customerFile.state.${one.state}`)}</StateTag>
      </p>
      {isUnderWay(one) && <Progress percent={percent} size="small" aria-label={t('customerFile.progress', { source: one.source })} />}
      <p className="c-soft">
        <Moment at={one.endedAt ?? one.madeAt} />
        {one.state === 'done' &&
          ` · ${t('customerFile.sums', { customers: integer(one.customers), added: integer(one.added), changed: integer(one.changed), vanished: integer(one.vanished) })}`}
        {one.rejected > 0 && ` · ${t('customerFile.rejected', { rejected: integer(one.rejected) })}`}
        {one.erased > 0 && ` · ${t('oneCustomer.erasedRows', { erased: integer(one.erased) })}`}
        {one.problem && ` · ${one.problem.message}`}
      </p>
    </>
  );
};
