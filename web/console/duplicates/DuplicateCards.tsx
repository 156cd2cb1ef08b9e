import { useTranslation } from 'react-i18next';
import { Moment } from '../../kit/TimeAgo.tsx';
import { CardList } from '../parts/CardList.tsx';
import { EvidenceWords, Grade, useCalled } from './DuplicateSigns.tsx';
import type { Pair } from './duplicates.ts';

/** The same pairs on a phone. */
export const DuplicateCards = ({ rows, onOpen }: { rows: readonly Pair[]; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const called = useCalled();
  return (
    <CardList
      rows={rows}
      onOpen={onOpen}
      head={({ a, b, grade }) => ({
        name: t('duplicate.two', { a: called(a), b: called(b) }),
        className: 'c-ret-open',
        sign: <Grade grade={grade} />,
      })}
    >
      {(row) => (
        <>
          <EvidenceWords one={row} />
          <p className="c-soft c-order-card-foot">
            <span>{t(`duplicate.kind.${row.kind}`)}</span>
            <Moment at={row.decidedAt ?? row.foundAt} />
          </p>
        </>
      )}
    </CardList>
  );
};
