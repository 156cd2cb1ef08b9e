import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Card } from '../parts/Card.tsx';
import { DataTime } from '../parts/DataTime.tsx';
import { Explained } from '../parts/Explained.tsx';
import { useNarrow } from '../useNarrow.ts';
import { BillsCard } from './BillsCard.tsx';
import { HouseholdPicture } from './HouseholdPicture.tsx';
import { HouseholdTable } from './HouseholdTable.tsx';
import { type Household, useHousehold } from './households.ts';

const FORMS = ['picture', 'table'] as const;
type Form = (typeof FORMS)[number];

/** Who, what is used, who pays: the three households of a customer, and the bills of those who pay. */
export const HouseholdCard = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const household = useHousehold(id);
  const found = household.data;
  return (
    <>
      <Card title={t('household.title')} extra={<Explained name={t('household.title')} text={t('household.what')} />}>
        {household.isPending && <Loading lines={6} />}
        {household.error && !found && <Refused error={household.error} onAgain={() => void household.refetch()} />}
        {found && found.services.length === 0 && <p className="c-soft">{t('household.none')}</p>}
        {found && found.services.length > 0 && <Shown household={found} customer={id} />}
      </Card>
      {found?.accounts.some((a) => a.bills.length > 0) && <BillsCard household={found} />}
    </>
  );
};

const Shown = ({ household, customer }: { household: Household; customer: string }) => {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const [form, setForm] = useState<Form>('picture');
  return (
    <>
      <div className="c-form-row">
        {!isNarrow && (
          <Segmented
            value={form}
            aria-label={t('stage.form')}
            options={FORMS.map((value) => ({ value, label: t(`household.form.${value}`) }))}
            onChange={setForm}
          />
        )}
        <DataTime at={household.at} />
      </div>
      {isNarrow || form === 'table' ? (
        <HouseholdTable household={household} customer={customer} />
      ) : (
        <HouseholdPicture household={household} customer={customer} />
      )}
      {household.cut && <p className="c-soft c-small">{t('household.cut', { count: household.services.length })}</p>}
    </>
  );
};
