import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagView } from '#tag/contract';
import { day, percent } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { useTagName } from '../tags/tags.ts';
import { dateWords } from '../tags/values.ts';
import { likeliest, tagsOptions, useTag } from './tags.ts';
import type { Condition } from './tree.ts';

const OTHERS = ['audience', 'list', 'sample', 'top'] as const;
export type Other = (typeof OTHERS)[number];

/** A word for a new sample: another word draws other people. */
export const aSalt = (): string => Math.random().toString(36).slice(2, 8);

interface Props {
  name: string;
  what: Condition;
  /** Nothing is chosen and it is the line that is worked on: the list stands open at once. */
  isFresh: boolean;
  onTag: (tag: TagView) => void;
  onOther: (other: Other) => void;
}

/** What a line is about: a tag, found by its words or its name, or one of the sets that are no tag. */
export const TagPicker = ({ name, what, isFresh, onTag, onOther }: Props) => {
  const { t } = useTranslation();
  const nameOf = useTagName();
  const [q, setQ] = useState('');
  const found = useQuery(tagsOptions(useDeferredValue(q.trim())));
  const chosen = useTag(what.on === 'tag' ? what.tag : '');
  const isTag = what.on === 'tag' && what.tag !== '';
  const said = chosen.data ? nameOf(chosen.data) : isTag ? what.tag : '';
  const tags = likeliest(found.data?.items ?? [], q);
  const others = OTHERS.filter((other) => t(`audience.other.${other}`).toLowerCase().includes(q.trim().toLowerCase()));
  return (
    <Select
      className="c-aud-what"
      aria-label={t('audience.whatOf', { name })}
      defaultOpen={isFresh}
      placeholder={t('audience.pick')}
      value={what.on === 'tag' ? (isTag ? `tag ${what.tag}` : null) : what.on}
      labelRender={() => (what.on === 'tag' ? said : t(`audience.other.${what.on}`))}
      showSearch={{ filterOption: false, searchValue: q, onSearch: setQ }}
      popupMatchSelectWidth={false}
      notFoundContent={found.isPending ? t('search.busy') : t('audience.noTag')}
      loading={found.isFetching}
      options={[
        ...(tags.length > 0
          ? [
              {
                label: t('audience.tags'),
                options: tags.map((tag) => ({ value: `tag ${tag.name}`, label: nameOf(tag) })),
              },
            ]
          : []),
        ...(others.length > 0
          ? [
              {
                label: t('audience.otherSets'),
                options: others.map((other) => ({ value: other, label: t(`audience.other.${other}`) })),
              },
            ]
          : []),
      ]}
      optionRender={({ value, label }) => {
        const tag = tags.find((one) => `tag ${one.name}` === value);
        return tag ? <TagOption tag={tag} everyone={found.data?.everyone ?? 0} /> : <span className="c-aud-option">{label}</span>;
      }}
      onSelect={(value: string) => {
        setQ('');
        const tag = tags.find((one) => `tag ${one.name}` === value);
        if (tag) onTag(tag);
        else onOther(value as Other);
      }}
    />
  );
};

/** A tag in the list: its words and name, its kind, of how many it is known, since when. */
const TagOption = ({ tag, everyone }: { tag: TagView; everyone: number }) => {
  const { t } = useTranslation();
  const where = useWhere();
  const now = useNow();
  const nameOf = useTagName();
  return (
    <span className="c-aud-option">
      <span>
        {nameOf(tag)} <span className="c-code c-faint">{tag.name}</span>
      </span>
      <span className="c-aud-option-facts">
        <span>{t(`audience.kind.${tag.kind}`)}</span>
        {everyone > 0 && !tag.counting && (
          <span>
            {t('audience.known')} {percent(tag.known / everyone)}
          </span>
        )}
        {tag.confidence !== null && <span>{t('audience.confidence', { share: tag.confidence })}</span>}
        {tag.speaksOf ? (
          <span>{t('audience.speaksOf', { when: dateWords(tag.speaksOf, where.lang) })}</span>
        ) : (
          tag.loadedAt && <span>{day(tag.loadedAt, where, now)}</span>
        )}
      </span>
    </span>
  );
};
