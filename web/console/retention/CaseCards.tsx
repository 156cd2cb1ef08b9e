import { useTranslation } from 'react-i18next';
import { CardList } from '../parts/CardList.tsx';
import { useNames } from '../words.ts';
import { CaseState, RuleWords, Urgency } from './CaseSigns.tsx';
import type { Case } from './cases.ts';
import { OpenedOn } from './OpenedOn.tsx';

/** The same cases on a phone. */
export const CaseCards = ({ rows, onOpen }: { rows: readonly Case[]; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <CardList
      rows={rows}
      onOpen={onOpen}
      head={({ id, priority }) => ({
        name: t('retention.number', { number: id }),
        label: t('retention.open', { number: id }),
        className: 'c-number c-ret-open',
        sign: <Urgency priority={priority} />,
      })}
    >
      {(row) => (
        <>
          <RuleWords one={row} />
          <p className="c-soft c-order-card-foot">
            <span>
              {[row.customer.name, row.customer.area ? names.area(row.customer.area) : t('customer.noArea')].filter(Boolean).join(' · ')}
            </span>
            <span>
              <OpenedOn on={row.openedOn} />
            </span>
          </p>
          {row.state !== 'open' && <CaseState one={row} />}
        </>
      )}
    </CardList>
  );
};
