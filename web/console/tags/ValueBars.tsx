import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagView } from '#tag/contract';
import { integer, percent } from '../../kit/format.ts';
import { useValueWords } from './tags.ts';

const FIRST = 12;

/** The values with their people: bars from zero, a table at once. Numbers and dates: the lowest and the highest. */
export const ValueBars = ({ tag }: { tag: TagView }) => {
  const { t } = useTranslation();
  const words = useValueWords();
  const [all, setAll] = useState(false);
  if (tag.counting) return <p className="c-soft">{t('tag.counting')}</p>;
  if (tag.known === 0) return <p className="c-soft">{t('tag.nothingKnownNext')}</p>;
  if (tag.kind === 'number' || tag.kind === 'date') {
    return (
      <dl className="c-sums">
        {(['from', 'to'] as const).map((end) => (
          <div key={end}>
            <dt>{t(`tag.bound.${tag.kind}.${end}`)}</dt>
            <dd>{words(tag[end], tag)}</dd>
          </div>
        ))}
      </dl>
    );
  }
  const most = Math.max(1, ...tag.values.map((v) => v.count));
  const shown = all ? tag.values : tag.values.slice(0, FIRST);
  return (
    <>
      <table className="c-counts c-tags-values">
        <caption className="g-hidden">{t('tag.valuesOf')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('tag.value')}</th>
            <th scope="col">
              <span className="g-hidden">{t('tag.bar')}</span>
            </th>
            <th scope="col" className="c-num">
              {t('tag.people')}
            </th>
            <th scope="col" className="c-num">
              {t('tag.ofKnown')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((v) => {
            const said = words(v.value, { ...tag, label: v });
            return (
              <tr key={String(v.value)}>
                <th scope="row">
                  {said}
                  {typeof v.value === 'string' && said !== v.value && <span className="c-code c-faint c-small"> {v.value}</span>}
                </th>
                <td className="c-bar-cell">
                  <span className="c-tags-room" aria-hidden="true">
                    <span style={{ inlineSize: `${(v.count / most) * 100}%` }} />
                  </span>
                </td>
                <td className="c-num">{integer(v.count)}</td>
                <td className="c-num">{percent(v.count / tag.known)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {tag.values.length > FIRST && (
        <p className="c-more">
          <Button size="small" onClick={() => setAll(!all)}>
            {all ? t('tag.fewerValues') : t('tag.allValues', { count: tag.values.length })}
          </Button>
        </p>
      )}
    </>
  );
};
