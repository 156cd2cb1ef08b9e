import { useTranslation } from 'react-i18next';
import { Moment } from '../../kit/TimeAgo.tsx';
import { EvidenceWords, Grade, useCalled } from './DuplicateSigns.tsx';
import type { Pair } from './duplicates.ts';

/** The same pairs on a phone. */
export const DuplicateCards = ({ rows, onOpen }: { rows: readonly Pair[]; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const called = useCalled();
  return (
    <ul className="c-cards">
      {rows.map((row) => (
        <li key={row.id} className="c-order-card">
          <div className="c-order-card-head">
            <button type="button" className="c-link c-ret-open" onClick={() => onOpen(row.id)}>
              {t('duplicate.two', { a: called(row.a), b: called(row.b) })}
            </button>
            <Grade grade={row.grade} />
          </div>
          <EvidenceWords one={row} />
          <p className="c-soft c-order-card-foot">
            <span>{t(`duplicate.kind.${row.kind}`)}</span>
            <Moment at={row.decidedAt ?? row.foundAt} />
          </p>
        </li>
      ))}
    </ul>
  );
};
