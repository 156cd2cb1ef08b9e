import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ElapsedTimes } from '#tracking/contract';
import { duration, integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames } from '../words.ts';
import { Asked } from './Asked.tsx';
import { ColumnHeads } from './ColumnHeads.tsx';
import { type Question, useAnalysis } from './useAnalysis.ts';

type Elapsed = z.infer<typeof ElapsedTimes>;

/** Each milestone's time as the scenario plans it and as it really was; beyond the plan is marked. Its name opens what waits there now. */
export const MilestoneTimes = ({ query, area }: { query: Question; area: string | undefined }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const answer = useAnalysis<Elapsed>('elapsed', query);
  const long = (seconds: number) => duration(seconds, lang);
  return (
    <Asked title={t('elapsed.title')} what={t('analysis.what.elapsed')} answer={answer}>
      {({ items }) => (
        <Scroll label={t('elapsed.title')}>
          <table className="c-counts">
            <ColumnHeads
              texts={[t('field.milestone'), t('elapsed.holder')]}
              figures={['analysis.journeys', 'elapsed.plannedP50', 'elapsed.actualP50', 'elapsed.plannedP90', 'elapsed.actualP90'].map(
                (key) => t(key),
              )}
            />
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <th scope="row">
                    <Link
                      to="/orders"
                      search={{ scenario: query.scenario, milestone: item.id, tab: 'inHand', area } as never}
                      title={t('elapsed.open')}
                    >
                      {names.of(item.names)}
                    </Link>
                  </th>
                  <td>{names.holder(item.holder)}</td>
                  <td className="c-num">{integer(item.journeys)}</td>
                  <td className="c-num">{long(item.planned.p50)}</td>
                  <Actual planned={item.planned.p50} actual={item.actual?.p50} say={long} />
                  <td className="c-num">{long(item.planned.p90)}</td>
                  <Actual planned={item.planned.p90} actual={item.actual?.p90} say={long} />
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Asked>
  );
};

/** Half as long again as planned, and by more than a minute. */
const isBeyond = (planned: number, actual: number) => actual > planned * 1.5 && actual - planned > 60;

const Actual = ({ planned, actual, say }: { planned: number; actual: number | undefined; say: (seconds: number) => string }) => {
  const { t } = useTranslation();
  if (actual === undefined) return <td className="c-num c-faint">–</td>;
  const late = isBeyond(planned, actual);
  return (
    <td className={late ? 'c-num c-figure-late' : 'c-num'} title={late ? t('elapsed.slower') : undefined}>
      {late && <Icon name="alert" />}
      {say(actual)}
    </td>
  );
};
