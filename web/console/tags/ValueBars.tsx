import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagView } from '#tag/contract';
import { integer, percent } from '../../kit/format.ts';
import { BarTable } from '../parts/BarTable.tsx';
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
  const shown = all ? tag.values : tag.values.slice(0, FIRST);
  return (
    <>
      <BarTable
        caption={t('tag.valuesOf')}
        className="c-tags-values"
        columns={[t('tag.value'), t('tag.people'), t('tag.ofKnown')]}
        most={Math.max(...tag.values.map((v) => v.count))}
        lines={shown.map((v) => {
          const said = words(v.value, { ...tag, label: v });
          const code = typeof v.value === 'string' && said !== v.value && <span className="c-code c-faint c-small"> {v.value}</span>;
          return {
            key: String(v.value),
            name: (
              <>
                {said}
                {code}
              </>
            ),
            bars: [{ count: v.count }],
            figures: [integer(v.count), percent(v.count / tag.known)],
          };
        })}
      />
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
