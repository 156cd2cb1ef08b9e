import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Portrait } from '#audience/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useAddress } from '../address.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { useTagName } from '../tags/tags.ts';
import { useNames } from '../words.ts';
import { DateColumns } from './DateColumns.tsx';
import { type PortraitLine, portraitLines, shortened, spanned } from './portrait.ts';
import { likeliest, tagsOptions, useTagsNamed } from './tags.ts';
import { useAnswer } from './useAnswer.ts';

const MOST_TAGS = 12;
const FIRST_TAGS = 3;
/** A tag of more values than this tells little at a glance: each of sixty grids has its sixtieth. */
const MOST_BARS = 10;
const MOST_LINES = 10;

/** How tags are spread in the audience, beside everybody. The chosen tags stand in the address. */
export const PortraitView = ({ where }: { where: object }) => {
  const { t } = useTranslation();
  const names = useNames();
  const nameOf = useTagName();
  const { lang } = useWhere();
  const [{ tags: asked }, change] = useAddress();
  const [q, setQ] = useState('');
  const found = useQuery(tagsOptions(useDeferredValue(q.trim())));
  const first = useQuery(tagsOptions(''));
  const usual = likeliest(first.data?.items ?? [], '')
    .filter(({ known, kind, values }) => known > 0 && kind !== 'flag' && values.length <= MOST_BARS)
    .slice(0, FIRST_TAGS);
  const chosen = asked === undefined ? usual.map(({ name }) => name) : asked.split(',').filter(Boolean).slice(0, MOST_TAGS);
  const portrait = useAnswer<Portrait>('/api/audiences/portrait', chosen.length > 0 ? JSON.stringify({ where, tags: chosen }) : null);
  const known = useTagsNamed(chosen);
  const labels = new Map([...known, ...(found.data?.items ?? [])].map((tag) => [tag.name, nameOf(tag)]));
  const options = [...new Set([...chosen, ...likeliest(found.data?.items ?? [], q).map(({ name }) => name)])];
  return (
    <>
      <Select
        mode="multiple"
        className="c-wide c-gap-below"
        aria-label={t('audience.portraitTags')}
        placeholder={t('audience.portraitTags')}
        maxCount={MOST_TAGS}
        value={chosen}
        showSearch={{ filterOption: false, searchValue: q, onSearch: setQ }}
        options={options.map((value) => ({ value, label: labels.get(value) ?? value }))}
        onChange={(tags: string[]) => {
          setQ('');
          change({ tags: tags.join(',') }, { replace: true });
        }}
      />
      {portrait.error && !portrait.data ? <Refused error={portrait.error} onAgain={portrait.again} /> : null}
      {chosen.length === 0 && !first.isPending && <Empty title={t('audience.noPortrait')} />}
      {chosen.length > 0 && !portrait.data && !portrait.error && <Loading lines={6} />}
      <div className={portrait.late ? 'c-stale' : undefined}>
        {portrait.data?.tags
          .filter(({ tag }) => chosen.includes(tag))
          .map((tag) => (
            <TagPortrait
              key={tag.tag}
              title={nameOf({ name: tag.tag, names: tag.names })}
              lines={portraitLines(tag, names, lang)}
              asColumns={tag.kind === 'date'}
              inOrder={tag.kind === 'number'}
              unknown={tag.unknown.count}
              count={portrait.data!.count}
            />
          ))}
      </div>
    </>
  );
};

interface PortraitProps {
  title: string;
  lines: PortraitLine[];
  /** Time goes from left to right. */
  asColumns: boolean;
  /** Each line begins where the one before ends. */
  inOrder: boolean;
  unknown: number;
  count: number;
}

/** One tag: bars of the audience with a mark where everybody stands, the index, and the table behind. */
const TagPortrait = ({ title, lines, asColumns, inOrder, unknown, count }: PortraitProps) => {
  const { t } = useTranslation();
  const shown = shortened(lines, MOST_LINES, inOrder ? spanned : (others) => `${t('audience.rest')} ${integer(others.length)}`);
  const widest = Math.max(0.001, ...shown.flatMap(({ share, baseShare }) => [share, baseShare]));
  const width = (share: number) => `${(share / widest) * 100}%`;
  return (
    <section className="c-aud-portrait" aria-label={title}>
      <h3>{title}</h3>
      <p className="c-faint c-small">
        {t(asColumns ? 'audienceChange.unknownOfDates' : 'audience.unknownOf', {
          count: integer(unknown) as never,
          share: percent(count > 0 ? unknown / count : 0),
        })}
      </p>
      {asColumns ? (
        <DateColumns lines={lines} title={title} />
      ) : (
        <ul className="c-aud-portrait-lines">
          <li className="c-aud-portrait-line c-aud-portrait-heads c-faint" aria-hidden="true">
            <span className="c-num">{t('audience.portraitOf.share')}</span>
            <span className="c-num" title={t('audience.indexWhat')}>
              {t('audience.portraitOf.index')}
            </span>
          </li>
          {shown.map((line) => (
            <li key={line.key} className="c-aud-portrait-line">
              <span className="c-aud-portrait-name" title={line.label}>
                {line.label}
              </span>
              <span className="c-aud-portrait-room" aria-hidden="true">
                <span className="c-aud-portrait-here" style={{ inlineSize: width(line.share) }} />
                <span className="c-aud-portrait-base" style={{ inlineSize: width(line.baseShare) }} />
              </span>
              <span className="c-num">{percent(line.share)}</span>
              <span
                className={line.index !== null && line.index >= 120 ? 'c-num c-aud-index-high' : 'c-num'}
                title={t('audience.indexWhat')}
              >
                {line.index ?? '–'}
              </span>
            </li>
          ))}
        </ul>
      )}
      <details className="c-aud-table">
        <summary>{t('audience.asTable')}</summary>
        <Scroll label={title}>
          <table className="c-counts">
            <thead>
              <tr>
                <th scope="col">{t('audience.value')}</th>
                {['here', 'share', 'baseShare', 'index'].map((name) => (
                  <th key={name} scope="col" className="c-num">
                    {t(`audience.portraitOf.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.key}>
                  <th scope="row">{line.label}</th>
                  <td className="c-num">{integer(line.count)}</td>
                  <td className="c-num">{percent(line.share)}</td>
                  <td className="c-num">{percent(line.baseShare)}</td>
                  <td className="c-num">{line.index ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </section>
  );
};
