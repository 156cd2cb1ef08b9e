import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Drawer, Input, Select } from 'antd';
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useAddress } from '../address.ts';
import { NEW } from '../derivations/derivations.ts';
import { Explained } from '../parts/Explained.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { useOnce } from '../parts/useOnce.ts';
import { useNarrow } from '../useNarrow.ts';
import { choices, found, inOrder, MOVED, SORTS, type TagFilter } from './find.ts';

import { NoTags } from './NoTags.tsx';
import { TagCards } from './TagCards.tsx';
import { TagDrawer } from './TagDrawer.tsx';
import { TagTable } from './TagTable.tsx';
import { EVERYONE, useCatalogue, useLines, useTagName } from './tags.ts';
import { modelOf, useSourceName } from './useSourceName.ts';

const TagForm = lazy(() => import('./TagForm.tsx').then((m) => ({ default: m.TagForm })));

/** Lines drawn at first, and added by each press. */
const STEP = 60;
const TYPING_MS = 300;
const CHOICES = ['kind', 'made', 'source', 'owner', 'fresh'] as const;

/** The catalogue: what each tag means, where it comes from, how fresh it is, of how many it is known. */
export const TagsPage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [address, change] = useAddress();
  const narrow = useNarrow();
  const nameOf = useTagName();
  const sourceName = useSourceName();
  const catalogue = useCatalogue();
  const [typed, setTyped] = useState(address.q ?? '');
  const [most, setMost] = useState(STEP);
  const [more, setMore] = useState(false);
  const [adding, setAdding] = useState(false);
  const wasAdding = useOnce(adding);
  const q = useDeferredValue(typed);
  useEffect(() => {
    if (typed === (address.q ?? '')) return;
    const timer = setTimeout(() => change({ q: typed || undefined }, { replace: true }), TYPING_MS);
    return () => clearTimeout(timer);
  });
  const lines = useLines(catalogue.data?.items ?? []);
  const filter: TagFilter = useMemo(
    () => ({
      q,
      kind: address.kind,
      made: address.made,
      source: address.source,
      owner: address.owner,
      fresh: address.fresh,
      moved: address.moved,
    }),
    [q, address.kind, address.made, address.source, address.owner, address.fresh, address.moved],
  );
  const shown = useMemo(() => inOrder(found(lines, filter), address.sort, nameOf), [lines, filter, address.sort, nameOf]);
  const late = lines.filter(({ fresh }) => fresh.is === 'late').length;
  const turn = (to: Record<string, string | undefined>) => {
    setMost(STEP);
    change(to);
  };
  const reset = () => {
    setTyped('');
    turn({ q: undefined, kind: undefined, made: undefined, source: undefined, owner: undefined, fresh: undefined, moved: undefined });
  };
  const sourceOf = (source: string) => {
    const score = modelOf(source) !== null && lines.find(({ tag }) => tag.source === source)?.tag;
    return score ? t('tagSource.modelOf', { score: nameOf(score) }) : sourceName(source);
  };
  const labelOf = (field: (typeof CHOICES)[number], value: string) =>
    field === 'made'
      ? t(`derivation.madeBy.${value}`, value)
      : field === 'kind' || field === 'fresh'
        ? t(`tag.${field}.${value}`)
        : field === 'source'
          ? sourceOf(value)
          : value;
  const fieldName = (field: (typeof CHOICES)[number]) => (field === 'made' ? t('derivation.made') : t(`tag.field.${field}`));
  const empty = catalogue.data?.everyone === 0;
  /** Said by people before the first load, beside the tags that are always there. */
  const written = lines.some(({ tag }) => tag.source === null && tag.name !== EVERYONE);
  return (
    <>
      <PageHead title={t('tag.title')} at={catalogue.data?.at}>
        <Link to="/derivations">{t('derivation.title')}</Link>
        <RightButton right="derivation:manage" onClick={() => void navigate({ to: '/derivations/$tag', params: { tag: NEW } })}>
          {t('derivation.add')}
        </RightButton>
        <RightButton right="tag:manage" onClick={() => setAdding(true)}>
          {t('tag.add')}
        </RightButton>
      </PageHead>
      {catalogue.isPending && <Loading lines={10} />}
      {catalogue.error && !catalogue.data && <Refused error={catalogue.error} onAgain={() => void catalogue.refetch()} />}
      {empty && <NoTags />}
      {catalogue.data && (!empty || written) && (
        <>
          {!empty && (
            <p className={late > 0 ? 'c-note c-note-wait' : 'c-note'}>
              {t('tag.sum', { tags: integer(lines.length), everyone: integer(catalogue.data.everyone) })}{' '}
              {late > 0 ? (
                <Button type="link" className="c-link-row" onClick={() => turn({ fresh: 'late' })}>
                  {t('tag.someLate', { count: late })}
                </Button>
              ) : (
                t('tag.noneLate')
              )}
              <Explained name={t('tag.freshName')} text={t('tag.freshWhat')} />
            </p>
          )}
          <search className="c-form-row c-form-search" data-more={more}>
            <Input.Search
              className="c-find"
              allowClear
              value={typed}
              maxLength={100}
              placeholder={t('tag.find')}
              aria-label={t('tag.find')}
              onChange={(e) => setTyped(e.target.value)}
              onSearch={(said) => turn({ q: said || undefined })}
            />
            {CHOICES.map((field) => (
              <Select
                key={field}
                className="c-form-extra"
                allowClear
                aria-label={fieldName(field)}
                placeholder={fieldName(field)}
                value={address[field]}
                showSearch={{ optionFilterProp: 'label' }}
                popupMatchSelectWidth={false}
                options={choices(lines, filter, field).map(({ value, count }) => ({
                  value,
                  label: `${labelOf(field, value)} ${integer(count)}`,
                }))}
                labelRender={({ value }) => labelOf(field, String(value))}
                onChange={(value: string | undefined) => turn({ [field]: value })}
              />
            ))}
            <Select
              className="c-form-extra"
              allowClear
              aria-label={t('tagDay.moved')}
              placeholder={t('tagDay.moved')}
              value={address.moved}
              popupMatchSelectWidth={false}
              options={MOVED.map((value) => ({
                value,
                label: value === '0' ? t('tagDay.movedAtAll') : t('tagDay.movedMore', { percent: value }),
              }))}
              onChange={(value: string | undefined) => turn({ moved: value })}
            />
            <Select
              className="c-form-extra"
              aria-label={t('tag.sort')}
              value={address.sort ?? ''}
              popupMatchSelectWidth={false}
              options={['', ...SORTS].map((value) => ({
                value,
                label: value === 'moved' ? t('tagDay.movedFirst') : t(`tag.by.${value || 'catalogue'}`),
              }))}
              onChange={(value) => turn({ sort: value || undefined })}
            />
            <Button className="c-form-toggle" aria-expanded={more} onClick={() => setMore(!more)}>
              {t(more ? 'orders.fewer' : 'orders.more')}
            </Button>
          </search>
          {shown.length === 0 ? (
            <Empty title={t('tag.notFound')}>
              <p>{t('tag.notFoundNext')}</p>
              <button type="button" className="g-button" onClick={reset}>
                {t('tag.showAll')}
              </button>
            </Empty>
          ) : (
            <>
              <p className="c-soft c-small" aria-live="polite">
                {t('tag.found', { count: integer(shown.length) as never })}
              </p>
              {narrow ? (
                <TagCards lines={shown.slice(0, most)} everyone={catalogue.data.everyone} onOpen={(tag) => change({ tag })} />
              ) : (
                <TagTable
                  lines={shown.slice(0, most)}
                  everyone={catalogue.data.everyone}
                  chosen={address.tag}
                  onOpen={(tag) => change({ tag })}
                />
              )}
              {shown.length > most && (
                <p className="c-more">
                  <Button onClick={() => setMost(most + STEP)}>{t('tag.more', { count: integer(shown.length - most) as never })}</Button>
                </p>
              )}
            </>
          )}
        </>
      )}
      <TagDrawer name={address.tag} onClose={() => change({ tag: undefined })} />
      <Suspense>
        {wasAdding && (
          <Drawer open={adding} onClose={() => setAdding(false)} size="min(44rem, 100vw)" title={t('tag.add')} destroyOnHidden>
            <TagForm
              tag={null}
              onDone={(tag) => {
                setAdding(false);
                change({ tag: tag.name });
              }}
            />
          </Drawer>
        )}
      </Suspense>
    </>
  );
};
