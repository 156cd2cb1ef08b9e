import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { dateIn } from '../filter.ts';
import { useNames } from '../words.ts';
import type { ImportSummary } from './imports.ts';

/** Where the imported orders are: per scenario its process map and its orders, exactly of this source and this period. */
export const WhereItWent = ({ done }: { done: ImportSummary }) => {
  const { t } = useTranslation();
  const { zone } = useWhere();
  const names = useNames();
  return (
    <ul className="c-list c-went">
      {done.scenarios.map(({ scenario, journeys, from, to }, i) => {
        const period = { from: dateIn(Date.parse(from), zone), to: dateIn(Date.parse(to), zone) };
        const search = { scenario, source: done.source, ...period };
        return (
          <li key={scenario} className="c-list-head">
            <strong>{names.scenario(scenario)}</strong>
            <span className="c-soft">{t('import.landed', { count: integer(journeys) as never, ...period })}</span>
            <span className="c-end c-page-acts">
              <Link to="/analysis" search={search as never} className={i === 0 ? 'g-button g-button-main' : 'g-button'}>
                {t('import.toMap')}
              </Link>
              <Link to="/orders" search={{ ...search, tab: 'all' } as never} className="g-button">
                {t('import.toOrders')}
              </Link>
            </span>
          </li>
        );
      })}
    </ul>
  );
};
