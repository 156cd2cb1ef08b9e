import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Names } from '#scenario/contract';
import type { JourneyCounts } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { useNames } from '../words.ts';

interface ScenarioLine {
  id: string;
  version: number;
  names: Names;
  root: string[];
}

/** Every kind of journey the house knows, with what of it is in hand now. */
export const ScenariosPage = () => {
  const { t } = useTranslation();
  const names = useNames();
  const list = useQuery({
    queryKey: ['scenarios'],
    queryFn: ({ signal }) => get<{ items: ScenarioLine[] }>('/api/scenarios', {}, { signal }),
  });
  const counts = useQuery({
    queryKey: ['counts', {}],
    queryFn: ({ signal }) => get<JourneyCounts>('/api/journeys/counts', {}, { signal }),
  });
  const known = new Map(counts.data?.byScenario.map((s) => [s.id, s]));
  return (
    <>
      <PageHead title={t('scenario.title')} at={counts.data?.at} />
      {list.isPending && <Loading lines={8} />}
      {list.error && <Refused error={list.error} onAgain={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t('scenario.none')} />}
      {list.data && list.data.items.length > 0 && (
        <ul className="c-scenarios">
          {list.data.items.map((scenario) => {
            const count = known.get(scenario.id);
            return (
              <li key={scenario.id} className="c-card">
                <Link to="/scenarios/$id" params={{ id: scenario.id }} className="c-scenario-name">
                  {names.of(scenario.names)}
                </Link>
                <p className="c-soft">
                  <span className="c-code">{scenario.id}</span> · v{scenario.version} ·{' '}
                  {scenario.root.map((kind) => names.kind(kind)).join(' / ')}
                </p>
                <p className="c-list-head">
                  <Link to="/orders" search={{ scenario: scenario.id, tab: 'inHand' } as never}>
                    {t('tab.inHand')} {count ? integer(count.open) : counts.data ? 0 : '–'}
                  </Link>
                  {count && count.overdue > 0 && (
                    <Link to="/orders" search={{ scenario: scenario.id, tab: 'overdue' } as never} className="c-figure-bad">
                      {t('tab.overdue')} {integer(count.overdue)}
                    </Link>
                  )}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
};
