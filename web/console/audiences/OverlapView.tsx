import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Overlap } from '#audience/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer, percent } from '../../kit/format.ts';
import { useAudiencesNamed } from './audiences.ts';
import { useAnswer } from './useAnswer.ts';

const MOST = 5;

/** How many people this audience has in common with saved ones. */
export const OverlapView = ({ where, self }: { where: object; self: string | null }) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly { value: string; label: string }[]>([]);
  const [q, setQ] = useState('');
  const found = useAudiencesNamed(useDeferredValue(q.trim()));
  const others = (found.data?.items ?? []).filter(({ id }) => id !== self).map(({ id, name }) => ({ value: id, label: name }));
  const body = chosen.length > 0 ? JSON.stringify({ where: [where, ...chosen.map(({ value }) => ({ audience: value }))] }) : null;
  const overlap = useAnswer<z.infer<typeof Overlap>>('/api/audiences/overlap', body);
  const ours = overlap.data?.counts[0] ?? 0;
  return (
    <>
      <Select
        mode="multiple"
        labelInValue
        className="c-wide c-gap-below"
        aria-label={t('audience.overlapWith')}
        placeholder={t('audience.overlapWith')}
        maxCount={MOST}
        value={[...chosen]}
        showSearch={{ filterOption: false, searchValue: q, onSearch: setQ }}
        notFoundContent={t('audience.noAudience')}
        options={others}
        onChange={(next) => {
          setQ('');
          setChosen(next.map(({ value, label }) => ({ value, label: String(label) })));
        }}
      />
      {chosen.length === 0 && <Empty title={t('audience.noOverlap')} />}
      {overlap.error && !overlap.data ? <Refused error={overlap.error} onAgain={overlap.again} /> : null}
      {chosen.length > 0 && !overlap.data && !overlap.error && <Loading lines={3} />}
      {chosen.length > 0 && overlap.data && (
        <table className={overlap.fresh ? 'c-counts' : 'c-counts c-stale'}>
          <caption className="g-hidden">{t('audience.view.overlap')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('audience.title')}</th>
              {['all', 'both', 'ofThis', 'ofOther'].map((name) => (
                <th key={name} scope="col" className="c-num">
                  {t(`audience.overlapOf.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chosen.map(({ value, label }, i) => {
              const theirs = overlap.data?.counts[i + 1] ?? 0;
              const both = overlap.data?.pairs.find(({ a, b }) => a === 0 && b === i + 1)?.count ?? 0;
              return (
                <tr key={value}>
                  <th scope="row">{label}</th>
                  <td className="c-num">{integer(theirs)}</td>
                  <td className="c-num">
                    <strong>{integer(both)}</strong>
                  </td>
                  <td className="c-num">{percent(ours > 0 ? both / ours : 0)}</td>
                  <td className="c-num">{percent(theirs > 0 ? both / theirs : 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </>
  );
};
