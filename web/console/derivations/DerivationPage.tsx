import { Link, useParams } from '@tanstack/react-router';
import { Alert, App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Definition } from '#derivation/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Author } from '../parts/Author.tsx';
import { Card } from '../parts/Card.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { may, useMe } from '../session.ts';
import { useNames } from '../words.ts';
import { type Derivation, NEW, useDerivation } from './derivations.ts';
import { Lineage } from './Lineage.tsx';
import { RetireDialog } from './RetireDialog.tsx';
import { RuleRows } from './RuleRows.tsx';
import { RunTable } from './RunTable.tsx';
import { StateSign } from './StateSign.tsx';
import { VersionList } from './VersionList.tsx';

const DerivationEditor = lazy(() => import('./DerivationEditor.tsx').then((m) => ({ default: m.DerivationEditor })));

/** One tag made by rule: what it says, what it is made of, its runs and versions; and where it is written, tried and published. */
export const DerivationPage = () => {
  const { t } = useTranslation();
  const { tag } = useParams({ strict: false }) as { tag: string };
  const { message } = App.useApp();
  const derivation = useDerivation(tag);
  const published = (version: number) => void message.success(t('derivation.publishedNow', { version }));
  return (
    <>
      <p className="c-tags-back">
        <Link to="/derivations">{t('derivation.all')}</Link>
      </p>
      {tag === NEW && (
        <>
          <PageHead title={t('derivation.add')} />
          <Suspense fallback={<Loading lines={8} />}>
            <DerivationEditor derivation={null} begin={null} onPublished={published} />
          </Suspense>
        </>
      )}
      {tag !== NEW && derivation.isPending && <Loading lines={10} />}
      {derivation.error && !derivation.data && <Refused error={derivation.error} onAgain={() => void derivation.refetch()} />}
      {derivation.data === null && (
        <Empty title={t('derivation.notByRule')}>
          <Link to="/derivations">{t('derivation.all')}</Link>
        </Empty>
      )}
      {derivation.data && <One key={`${tag} ${derivation.data.version ?? 0}`} derivation={derivation.data} onPublished={published} />}
    </>
  );
};

const One = ({ derivation, onPublished }: { derivation: Derivation; onPublished: (version: number) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const me = useMe().data;
  const [editing, setEditing] = useState(derivation.published === null);
  const [begin, setBegin] = useState<Definition | null>(null);
  const [asking, setAsking] = useState<'retire' | 'reinstate' | null>(null);
  const { published, draft, retired, tag } = derivation;
  const because = derivation.actions.find((a) => a.name === 'retire')?.because;
  const whyNot =
    because === 'derivation.used'
      ? t('derivation.usedBy', { tags: derivation.madeOfIt.map((m) => names.of(m.names)).join(t('derivation.and')) })
      : null;
  return (
    <article>
      <PageHead title={names.of(derivation.names)}>
        {published && (
          <Link to="/tags/$name" params={{ name: tag }}>
            {t('derivation.toTag')}
          </Link>
        )}
        {published && !retired && (
          <RightButton right="derivation:manage" off={whyNot} onClick={() => setAsking('retire')}>
            {t('derivation.retire.do')}
          </RightButton>
        )}
        {!retired && (
          <RightButton
            right="derivation:manage"
            type={editing ? 'default' : 'primary'}
            onClick={() => {
              setBegin(null);
              setEditing(!editing);
            }}
          >
            {t(editing ? 'tag.editNot' : draft ? 'derivation.goOn' : 'derivation.edit')}
          </RightButton>
        )}
      </PageHead>
      {retired && (
        <Alert
          type="warning"
          showIcon
          className="c-gap-below"
          title={t('derivation.retiredBy', { by: retired.by, reason: retired.reason })}
          description={
            <>
              <Moment at={retired.at} /> · {t('derivation.retiredWhat')}
            </>
          }
          action={
            may(me, 'derivation:manage') && (
              <Button size="small" onClick={() => setAsking('reinstate')}>
                {t('derivation.reinstate.do')}
              </Button>
            )
          }
        />
      )}
      {asking && <RetireDialog tag={tag} act={asking} onClose={() => setAsking(null)} />}
      <p className="c-tags-signs">
        <span className="c-code c-soft">{tag}</span>
        <StateSign row={derivation} />
        {published && (
          <span className="c-soft">
            {t('derivation.version', { version: published.version })} · <Author by={published.by} /> · <Moment at={published.at} />
          </span>
        )}
      </p>
      {editing && !retired && (
        <Suspense fallback={<Loading lines={8} />}>
          <DerivationEditor
            key={begin === null ? 'draft' : JSON.stringify(begin)}
            derivation={derivation}
            begin={begin}
            onPublished={onPublished}
          />
        </Suspense>
      )}
      {published && (!editing || retired) && (
        <Card title={t('derivation.rule')}>
          <RuleRows says={published.says} />
          <Lineage of={derivation} />
        </Card>
      )}
      {published && (
        <>
          <Card title={t('derivation.runs')}>
            <RunTable tag={tag} last={derivation.lastRun} />
          </Card>
          <Card title={t('derivation.versions')}>
            <VersionList
              tag={tag}
              onTake={
                may(me, 'derivation:manage') && !retired
                  ? (old) => {
                      setBegin(old);
                      setEditing(true);
                    }
                  : null
              }
            />
          </Card>
        </>
      )}
    </article>
  );
};
