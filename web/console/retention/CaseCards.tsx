import { useTranslation } from 'react-i18next';
import { useNames } from '../words.ts';
import { CaseState, RuleWords, Urgency } from './CaseSigns.tsx';
import type { Case } from './cases.ts';
import { OpenedOn } from './OpenedOn.tsx';

/** The same cases on a phone. */
export const CaseCards = ({ rows, onOpen }: { rows: readonly Case[]; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <ul className="c-cards">
      {rows.map((row) => (
        <li key={row.id} className="c-order-card">
          <div className="c-order-card-head">
            <button
              type="button"
              className="c-link c-number c-ret-open"
              aria-label={t('retention.open', { number: row.id })}
              onClick={() => onOpen(row.id)}
            >
              {t('retention.number', { number: row.id })}
            </button>
            <Urgency priority={row.priority} />
          </div>
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
        </li>
      ))}
    </ul>
  );
};
