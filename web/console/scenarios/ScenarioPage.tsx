import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useAddress } from '../address.ts';
import { DraftMark } from '../editor/DraftList.tsx';
import { draftsOptions, scenarioOptions, versionsOptions } from '../editor/drafts.ts';
import { MigrateCard } from '../editor/MigrateCard.tsx';
import { Act } from '../journey/JourneyActs.tsx';
import { Card } from '../parts/Card.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { may, useMe } from '../session.ts';
import { useNames, useWords } from '../words.ts';
import { PromiseList } from './PromiseList.tsx';
import { ScenarioGraphView } from './ScenarioGraphView.tsx';
import { StepTable } from './StepTable.tsx';

/** One version of a scenario: its stages, milestones and steps as a picture and as a table, its promise, waits and exceptions. */
export const ScenarioPage = () => {
  const { t } = useTranslation();
  const names = useNames();
  const words = useWords();
  const navigate = useNavigate();
  const { id } = useParams({ strict: false }) as { id: string };
  const [{ version, form }, change] = useAddress();
  const me = useMe().data;
  const editor = me ? may(me, 'scenario:edit') : false;
  const scenario = useQuery(scenarioOptions(id, version));
  const versions = useQuery(versionsOptions(id));
  const drafts = useQuery({ ...draftsOptions, enabled: editor });
  if (scenario.isPending) return <Loading lines={10} />;
  if (scenario.error) {
    return (
      <Refused error={scenario.error} onAgain={() => void scenario.refetch()}>
        <Link to="/scenarios">{t('scenario.all')}</Link>
      </Refused>
    );
  }
  const data = scenario.data;
  const draft = drafts.data?.items.find((one) => one.id === data.id);
  const newest = versions.data?.items[0]?.version === data.version;
  return (
    <>
      <PageHead
        title={names.of(data.names)}
        below={
          <span className="c-soft">
            <Link to="/scenarios">{t('scenario.all')}</Link> · <span className="c-code">{data.id}</span> · {t('scenario.root')}{' '}
            {data.root.map((kind) => names.kind(kind)).join(' / ')}
          </span>
        }
      >
        <Select
          aria-label={t('scenario.version')}
          value={String(data.version)}
          options={(versions.data?.items ?? [{ version: data.version }]).map((v) => ({
            value: String(v.version),
            label: t('scenario.versionOf', { version: v.version }),
          }))}
          popupMatchSelectWidth={false}
          onChange={(next) => change({ version: next })}
        />
        <Link className="g-button" to="/orders" search={{ scenario: data.id, tab: 'inHand' } as never}>
          {t('scenario.orders')}
        </Link>
        <Link className="g-button" to="/analysis" search={{ scenario: data.id } as never}>
          {t('scenario.analyse')}
        </Link>
        <Act
          action={{ name: 'edit', allowed: editor, because: editor ? null : 'auth.forbidden' }}
          label={t(draft ? 'editor.goOn' : 'editor.edit')}
          onClick={() => void navigate({ to: '/scenarios/$id/edit', params: { id: data.id } })}
        />
      </PageHead>
      {draft && (
        <div className="c-note">
          <DraftMark draft={draft} />
        </div>
      )}
      {editor && newest && data.version > 1 && <MigrateCard id={data.id} version={data.version} />}
      <TabLine
        label={t('scenario.title')}
        active={form === 'table' ? 'table' : 'graph'}
        onChange={(next) => change({ form: next === 'graph' ? undefined : next }, { replace: true })}
        items={[
          { key: 'graph', label: t('scenario.graph') },
          { key: 'table', label: t('scenario.table') },
        ]}
      />
      {form === 'table' ? <StepTable scenario={data} /> : <ScenarioGraphView scenario={data} />}
      <div className="c-halves">
        <div>
          <Card title={t('scenario.promise')}>
            <PromiseList scenario={data} />
          </Card>
          <Card title={t('scenario.exceptions')}>
            <ul className="c-chips">
              {data.exceptions.map((code) => (
                <li key={code} className="c-chip">
                  <span className="c-soft">{code}</span> {names.exception(code)}
                </li>
              ))}
            </ul>
          </Card>
        </div>
        <Card title={t('scenario.waits')}>
          <ul className="c-list">
            {data.waits.map((wait) => {
              const known = words.waits.find((w) => w.id === wait);
              return (
                <li key={wait}>
                  <p className="c-list-head">
                    <strong>{names.wait(wait)}</strong>
                    {known && <span className="c-soft c-end">{t(known.promise === 'stops' ? 'scenario.stops' : 'scenario.runs')}</span>}
                  </p>
                  {known && <p className="c-soft">{names.of(known.ends)}</p>}
                </li>
              );
            })}
          </ul>
        </Card>
      </div>
    </>
  );
};
