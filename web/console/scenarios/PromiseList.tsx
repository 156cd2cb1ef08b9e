import { useTranslation } from 'react-i18next';
import type { Scenario } from '#scenario/contract';
import { duration } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useNames } from '../words.ts';

/** The promise in words, and each of its terms. */
export const PromiseList = ({ scenario }: { scenario: Scenario }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const milestone = (id: string) => names.of(scenario.milestones.find((m) => m.id === id)?.names, id);
  return (
    <>
      <p>{names.of(scenario.promise.names)}</p>
      <ul className="c-list">
        {scenario.promise.terms.map((term) => (
          <li key={`${term.milestone}${term.from}${term.when}${term.seconds}`}>
            <p className="c-list-head">
              <strong>
                {term.from ? `${milestone(term.from)} → ` : ''}
                {milestone(term.milestone)}
              </strong>
              {term.when && <span className="c-soft">{t(`when.${term.when}`)}</span>}
              <span className="c-end">
                ≤{' '}
                {term.clock === 'workdays'
                  ? t('scenario.workdays', { count: Math.round((term.seconds / 86_400) * 10) / 10 })
                  : duration(term.seconds, lang)}
              </span>
            </p>
          </li>
        ))}
      </ul>
      {scenario.promise.slot && <p className="c-soft">{t('scenario.slot')}</p>}
    </>
  );
};
