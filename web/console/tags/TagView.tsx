import { Link } from '@tanstack/react-router';
import { App } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TAG_PURPOSES, type TagView as Tag } from '#tag/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { DerivationCard } from '../derivations/DerivationCard.tsx';
import { Card } from '../parts/Card.tsx';
import { CodeBox } from '../parts/CodeBox.tsx';
import { Explained } from '../parts/Explained.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { may, useMe } from '../session.ts';
import { nameIn } from '../words.ts';
import { BatchList } from './BatchList.tsx';
import { DaysCard } from './DaysCard.tsx';
import { OURS, RULE } from './find.ts';
import { FreshTag, KindSign, KnownBar } from './TagSigns.tsx';
import { useEveryone, useLines, useTag, useTagName } from './tags.ts';
import { UsedBy } from './UsedBy.tsx';
import { modelOf, useSourceName } from './useSourceName.ts';
import { ValueBars } from './ValueBars.tsx';
import { dateWords, refreshWords, tagWords } from './values.ts';

const TagForm = lazy(() => import('./TagForm.tsx').then((m) => ({ default: m.TagForm })));

/** One tag, whole: what it means, how fresh and how well known it is, its values, what moved it. */
export const TagView = ({ name, asPage }: { name: string; asPage?: true }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const nameOf = useTagName();
  const tag = useTag(name);
  const everyone = useEveryone().data ?? 0;
  const [editing, setEditing] = useState(false);
  const [line] = useLines(tag.data ? [tag.data] : []);
  if (tag.isPending) return <Loading lines={10} />;
  if (!tag.data || !line) {
    return (
      <Refused error={tag.error} onAgain={() => void tag.refetch()}>
        <Link to="/tags">{t('tag.all')}</Link>
      </Refused>
    );
  }
  const one = tag.data;
  const said = nameOf(one);
  const edit = (
    <RightButton right="tag:manage" type={editing ? 'default' : 'primary'} onClick={() => setEditing(!editing)}>
      {t(editing ? 'tag.editNot' : 'tag.edit')}
    </RightButton>
  );
  return (
    <article>
      {asPage ? (
        <PageHead title={said}>{edit}</PageHead>
      ) : (
        <header className="c-page-head">
          <h2 className="c-tags-title">{said}</h2>
          <div className="c-page-acts">{edit}</div>
        </header>
      )}
      <p className="c-tags-signs">
        <span className="c-code c-soft">{one.name}</span>
        <KindSign kind={one.kind} />
        <FreshTag fresh={line.fresh} />
        <Explained name={t('tag.freshName')} text={t('tag.freshWhat')} />
        {one.hidden && <span className="c-faint">{t('tag.hiddenMark')}</span>}
      </p>
      {editing ? (
        <Suspense fallback={<Loading lines={8} />}>
          <TagForm
            tag={one}
            onDone={() => {
              setEditing(false);
              void message.success(t('tag.saved'));
            }}
          />
        </Suspense>
      ) : (
        <TagFacts tag={one} everyone={everyone} />
      )}
    </article>
  );
};

/** Where its values come from; a score leads whoever may see it to its model. */
const SourceOf = ({ source, said }: { source: string; said: string }) => {
  const { t } = useTranslation();
  const sourceName = useSourceName();
  const isReader = may(useMe().data, 'model:read');
  const id = modelOf(source);
  if (id === null || !isReader) return sourceName(source);
  return (
    <>
      {t('tag.byModel')}{' '}
      <Link to="/models/$id" params={{ id }}>
        {said}
      </Link>
    </>
  );
};

/** Everything that is said of a tag and counted by it. */
const TagFacts = ({ tag, everyone }: { tag: Tag; everyone: number }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const meaning = nameIn(tag.meaning, lang) || nameIn(tag.meaning, lang === 'zh-CN' ? 'en-US' : 'zh-CN');
  const unsaid = <span className="c-faint">{t('tag.unsaid')}</span>;
  const isScore = modelOf(tag.source ?? '') !== null;
  const said = TAG_PURPOSES.filter((purpose) => tag.purposes.includes(purpose)).map((purpose) => t(`tag.purpose.${purpose}`));
  const facts: [string, React.ReactNode][] = [
    ['field.owner', tag.owner ?? unsaid],
    ['field.source', tag.source === null ? unsaid : <SourceOf key="source" source={tag.source} said={tagWords(tag, lang)} />],
    ['speaksOf', tag.speaksOf ? dateWords(tag.speaksOf, lang) : unsaid],
    ['loaded', tag.loadedAt ? <Moment key="loaded" at={tag.loadedAt} /> : t('tag.fresh.never')],
    ['refresh', tag.refresh === null ? unsaid : refreshWords(tag.refresh, lang)],
    ['purposes', tag.source === OURS ? t('tag.everyPurpose') : said.length > 0 ? said.join(t('tag.and')) : unsaid],
    ['confidence', tag.confidence === null ? t(isScore ? 'tag.isScore' : 'tag.isFact') : t('tag.isGuess', { share: tag.confidence })],
  ];
  return (
    <>
      <Card title={t('tag.meaning')}>
        <p className="c-tags-meaning">{meaning || unsaid}</p>
        {!isScore && <h3 className="c-subhead">{t('tag.rule')}</h3>}
        {!isScore && (tag.rule ? <CodeBox label={t('tag.rule')} text={tag.rule} /> : <p>{unsaid}</p>)}
        <dl className="c-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`tag.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {tag.source === RULE && <DerivationCard tag={tag.name} />}
      <Card title={t('tag.valuesOf')} extra={<Explained name={t('tag.known')} text={t('tag.knownWhat')} />}>
        <p className="c-tags-knownline">
          <KnownBar tag={tag} everyone={everyone} />
          <span className="c-soft">{t('tag.knownOf', { known: integer(tag.known), everyone: integer(everyone) })}</span>
        </p>
        <ValueBars tag={tag} />
      </Card>
      <DaysCard tag={tag} />
      <Card title={t('tag.usedBy')}>
        <UsedBy name={tag.name} />
      </Card>
      <Card title={t('tag.batches')}>
        <BatchList name={tag.name} />
      </Card>
    </>
  );
};
