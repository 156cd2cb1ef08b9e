import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useNames } from '../words.ts';
import { signed } from './DuplicateSigns.tsx';
import { useRulesOfDuplicates } from './duplicates.ts';

/** The published tables: what speaks for it and how much, what the grades mean, who stays. */
export const RulesDrawer = () => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('duplicate.rules')}</Button>
      <Drawer open={open} onClose={() => setOpen(false)} size="min(44rem, 100vw)" title={t('duplicate.rules')} destroyOnHidden>
        <Tables />
      </Drawer>
    </>
  );
};

const Tables = () => {
  const { t } = useTranslation();
  const names = useNames();
  const rules = useRulesOfDuplicates();
  if (rules.isPending) return <Loading lines={10} />;
  if (!rules.data) return <Refused error={rules.error} onAgain={() => void rules.refetch()} />;
  const { evidence, grades, survivor } = rules.data;
  return (
    <>
      <p className="c-soft">{t('duplicate.rulesWhat')}</p>
      <h3 className="c-tags-title">{t('duplicate.why')}</h3>
      <table className="c-dup-table">
        <tbody>
          {evidence.map(({ id, names: words, meaning, weight }) => (
            <tr key={id}>
              <th scope="row">{names.of(words)}</th>
              <td className="c-soft">{names.of(meaning)}</td>
              <td className={`c-number c-dup-weight${weight < 0 ? ' c-dup-against' : ''}`}>{signed(weight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className="c-tags-title">{t('duplicate.grade.title')}</h3>
      <table className="c-dup-table">
        <tbody>
          {grades.map(({ id, names: words, from }) => (
            <tr key={id}>
              <th scope="row">{names.of(words)}</th>
              <td className="c-number c-dup-weight">{t('duplicate.from', { from })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className="c-tags-title">{t('duplicate.whoStays')}</h3>
      <ol>
        {survivor.map(({ id, names: words }) => (
          <li key={id}>{names.of(words)}</li>
        ))}
      </ol>
    </>
  );
};
