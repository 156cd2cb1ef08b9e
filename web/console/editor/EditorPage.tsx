import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { may, useMe } from '../session.ts';
import { loadEditor } from './drafts.ts';
import { ScenarioEditor } from './ScenarioEditor.tsx';

/** The editor at its own address. What is found when it opens is what is edited; nothing is fetched under the hands. */
export const EditorPage = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const { id } = useParams({ strict: false }) as { id: string };
  const allowed = me ? may(me, 'scenario:edit') : false;
  const found = useQuery({
    queryKey: ['editor', id],
    queryFn: ({ signal }) => loadEditor(id, signal),
    enabled: allowed,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const head = <PageHead title={t('editor.titleOf')} />;
  if (!allowed) {
    return (
      <>
        {head}
        <Empty title={t('editor.noRight')} icon="lock">
          <p>
            <Link to="/scenarios/$id" params={{ id }}>
              {t('editor.toScenario')}
            </Link>
          </p>
        </Empty>
      </>
    );
  }
  if (found.isPending)
    return (
      <>
        {head}
        <Loading lines={10} />
      </>
    );
  if (found.error) {
    return (
      <>
        {head}
        <Refused error={found.error} onAgain={() => void found.refetch()}>
          <Link to="/scenarios">{t('scenario.all')}</Link>
        </Refused>
      </>
    );
  }
  return <ScenarioEditor key={id} found={found.data} />;
};
