import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { moneyWords } from '../money.ts';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { dateWords } from '../tags/values.ts';
import type { Account, Household } from './households.ts';
import { useHouseholdWords } from './useHouseholdWords.ts';

/** What an account was billed month by month, and what of it is paid: bars, and the same as figures. */
export const BillsCard = ({ household }: { household: Household }) => {
  const { t } = useTranslation();
  const words = useHouseholdWords(household);
  const billed = household.accounts.filter((a) => a.bills.length > 0);
  const [chosen, setChosen] = useState(billed[0]?.id);
  const account = billed.find((a) => a.id === chosen) ?? billed[0];
  if (account === undefined) return null;
  return (
    <Card title={t('household.bills')} extra={<Explained name={t('household.bills')} text={t('household.billsWhat')} />}>
      {billed.length > 1 && (
        <p>
          <Select
            className="c-house-which"
            value={account.id}
            aria-label={t('household.account')}
            options={billed.map((a) => ({ value: a.id, label: `${words.payersOf(a.id)} · ${t(`household.mode.${a.mode}`)}` }))}
            onChange={setChosen}
          />
        </p>
      )}
      <BillBars account={account} />
    </Card>
  );
};

const BillBars = ({ account: { bills } }: { account: Account }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const most = Math.max(1, ...bills.map((b) => b.amount));
  const owed = (b: Account['bills'][number]) => Math.max(0, b.amount - b.paid);
  return (
    <table className="c-counts c-house-bills">
      <caption className="g-hidden">{t('household.bills')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('household.month')}</th>
          <th scope="col">{t('household.billed')}</th>
          <th scope="col" className="c-num">
            {t('household.owed')}
          </th>
        </tr>
      </thead>
      <tbody>
        {bills.map((b) => (
          <tr key={b.month}>
            <th scope="row">{dateWords(b.month, lang)}</th>
            <td className="c-bar-cell">
              <span className="c-bar">
                <span className="c-bar-room" aria-hidden="true">
                  <span className="c-bar-rest" style={{ inlineSize: `${(Math.max(0, b.amount - owed(b)) / most) * 100}%` }} />
                  <span className="c-bar-wait" style={{ inlineSize: `${(Math.min(owed(b), Math.max(0, b.amount)) / most) * 100}%` }} />
                </span>
                <span className="c-bar-value">{moneyWords(b.amount, lang)}</span>
              </span>
            </td>
            <td className="c-num">{owed(b) > 0 ? moneyWords(owed(b), lang) : <span className="c-faint">0</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
