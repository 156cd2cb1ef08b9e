import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Names } from '#scenario/contract';
import type { JourneyCounts } from '#tracking/contract';
import { get } from '../../kit/api.ts';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { DraftMark, NewDrafts } from '../editor/DraftList.tsx';
import { draftsOptions } from '../editor/drafts.ts';
import { NewScenarioForm } from '../editor/NewScenarioForm.tsx';
import { Act } from '../journey/JourneyActs.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { may, useMe } from '../session.ts';
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
  const navigate = useNavigate();
  const list = useQuery({
    queryKey: ['scenarios'],
    queryFn: ({ signal }) => get<{ items: ScenarioLine[] }>('/api/scenarios', {}, { signal }),
  });
  const counts = useQuery({
    queryKey: ['counts', {}],
    queryFn: ({ signal }) => get<JourneyCounts>('/api/journeys/counts', {}, { signal }),
  });
  const me = useMe().data;
  const editor = me ? may(me, 'scenario:edit') : false;
  const drafts = useQuery({ ...draftsOptions, enabled: editor }).data?.items ?? [];
  const [adding, setAdding] = useState(false);
  const ids = list.data?.items.map(({ id }) => id) ?? [];
  const known = new Map(counts.data?.byScenario.map((s) => [s.id, s]));
  return (
    <>
      <PageHead title={t('scenario.title')} at={counts.data?.at}>
        <Act
          action={{ name: 'new', allowed: editor, because: editor ? null : 'auth.forbidden' }}
          label={t('editor.new')}
          onClick={() => setAdding(true)}
        />
      </PageHead>
      <NewDrafts drafts={drafts.filter((draft) => !ids.includes(draft.id))} />
      <NewScenarioForm
        open={adding}
        scenarios={list.data?.items ?? []}
        taken={[...ids, ...drafts.map(({ id }) => id), 'unclassified']}
        onClose={() => setAdding(false)}
        onMade={(id) => void navigate({ to: '/scenarios/$id/edit', params: { id } })}
      />
      {list.isPending && <Loading lines={8} />}
      {list.error && <Refused error={list.error} onAgain={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t('scenario.none')} />}
      {list.data && list.data.items.length > 0 && (
        <ul className="c-scenarios">
          {list.data.items.map((scenario) => {
            const count = known.get(scenario.id);
            const draft = drafts.find(({ id }) => id === scenario.id);
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
                {draft && <DraftMark draft={draft} />}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
};
