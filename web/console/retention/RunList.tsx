import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { useRuns } from './cases.ts';

const MORNINGS = 14;
const FACES = { running: 'active', done: 'done', failed: 'late' } as const;

/** The latest mornings: whom the rules looked at, what came of it, which facts were doubtful. */
export const RunList = () => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const runs = useRuns(MORNINGS);
  if (runs.isPending) return <Loading lines={8} />;
  if (!runs.data) return <Refused error={runs.error} onAgain={() => void runs.refetch()} />;
  if (runs.data.items.length === 0) {
    return (
      <Empty title={t('rule.noRuns')}>
        <p>{t('rule.noRunsNext')}</p>
      </Empty>
    );
  }
  const [latest] = runs.data.items;
  return (
    <>
      <Scroll className="c-card" label={t('rule.tab.mornings')}>
        <table className="c-counts">
          <thead>
            <tr>
              <th scope="col">{t('rule.day')}</th>
              <th scope="col">{t('column.state')}</th>
              {['customers', 'cases', 'heldBack', 'departed'].map((name) => (
                <th key={name} scope="col" className="c-num">
                  {t(`rule.run.${name}`)}
                </th>
              ))}
              <th scope="col">{t('rule.run.ended')}</th>
            </tr>
          </thead>
          <tbody>
            {runs.data.items.map((run) => (
              <tr key={run.day}>
                <th scope="row">{dateWords(run.day, lang)}</th>
                <td>
                  <StateTag state={FACES[run.state]}>{t(`rule.run.${run.state}`)}</StateTag>
                  {run.trouble && <span className="c-block c-refused">{names.of(run.trouble)}</span>}
                </td>
                <td className="c-num">{integer(run.customers)}</td>
                <td className="c-num">{integer(run.cases)}</td>
                <td className="c-num">{integer(run.suppressed)}</td>
                <td className="c-num">{integer(run.departed)}</td>
                <td>{run.ended && <Moment at={run.ended} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {latest && (
        <Scroll className="c-card" label={t('rule.run.facts')}>
          <h2 className="c-subhead">{t('rule.run.facts')}</h2>
          <table className="c-counts">
            <thead>
              <tr>
                <th scope="col">{t('retention.fact')}</th>
                <th scope="col">{t('tag.loaded')}</th>
                <th scope="col" className="c-num">
                  {t('rule.run.doubtful')}
                </th>
              </tr>
            </thead>
            <tbody>
              {latest.facts.map((fact) => (
                <tr key={fact.name}>
                  <th scope="row" title={fact.name}>
                    {names.of(fact.names)}
                  </th>
                  <td>{fact.loadedAt ? <Moment at={fact.loadedAt} /> : <span className="c-refused">{t('tag.fresh.never')}</span>}</td>
                  <td className="c-num">{integer(fact.doubtful)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  );
};
