import { useTranslation } from 'react-i18next';
import type { DerivationRun } from '#derivation/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useRuns } from './derivations.ts';
import { useTook } from './RunLine.tsx';

const FACES = { running: 'active', done: 'done', failed: 'late' } as const;

/** When it was computed, why, how long it took, how many customers changed. */
export const RunTable = ({ tag, last }: { tag: string; last: DerivationRun | null }) => {
  const { t } = useTranslation();
  const took = useTook();
  const runs = useRuns(tag, last);
  if (runs.isPending) return <Loading lines={3} />;
  if (!runs.data) return <Refused error={runs.error} onAgain={() => void runs.refetch()} />;
  if (runs.data.items.length === 0) return <p className="c-soft">{t('derivation.noRuns')}</p>;
  return (
    <Scroll label={t('derivation.runs')}>
      <table className="c-counts">
        <thead>
          <tr>
            <th scope="col">{t('tag.batch.at')}</th>
            <th scope="col">{t('column.state')}</th>
            <th scope="col">{t('derivation.why')}</th>
            {(['version', 'customers', 'changed', 'took'] as const).map((name) => (
              <th key={name} scope="col" className="c-num">
                {t(`derivation.run.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.data.items.map((run) => (
            <tr key={run.id}>
              <th scope="row" className="c-nowrap">
                <Moment at={run.began} />
              </th>
              <td>
                <StateTag state={FACES[run.state]}>{t(`derivation.runState.${run.state}`)}</StateTag>
              </td>
              <td className="c-nowrap">{t(`derivation.because.${run.why}`)}</td>
              <td className="c-num">{run.version}</td>
              <td className="c-num">{integer(run.customers)}</td>
              <td className="c-num">{integer(run.changed)}</td>
              <td className="c-num">{took(run)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
