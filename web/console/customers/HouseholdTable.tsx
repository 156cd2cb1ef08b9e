import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../parts/DataTable.tsx';
import { useNarrow } from '../useNarrow.ts';
import type { Household, Service } from './households.ts';
import { ServiceFacts } from './ServiceFacts.tsx';
import { ServiceSign } from './ServiceSign.tsx';
import { sketchOf } from './sketch.ts';
import { useHouseholdWords } from './useHouseholdWords.ts';

/** The same as rows, one per service; cards on a phone. */
export const HouseholdTable = ({ household, customer }: { household: Household; customer: string }) => {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const words = useHouseholdWords(household);
  const [open, setOpen] = useState<readonly string[]>([]);
  const { services } = sketchOf(household, customer);
  if (isNarrow) {
    return (
      <ul className="c-list">
        {services.map((s) => (
          <li key={s.id}>
            <details>
              <summary className="c-house-summary">
                <ServiceSign service={s} /> <strong>{s.number}</strong>
                <span className="c-block c-soft c-small">
                  {[s.plan, t('household.paidBy', { who: words.chargesOf(s.id) || t('household.nobody') })].filter(Boolean).join(' · ')}
                </span>
              </summary>
              <ServiceFacts household={household} service={s} customer={customer} />
            </details>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <DataTable<Service>
      label={t('household.title')}
      rowKey="id"
      dataSource={services}
      scroll={{ x: 720 }}
      expandable={{
        expandedRowRender: (s) => <ServiceFacts household={household} service={s} customer={customer} />,
        expandedRowKeys: open,
        onExpandedRowsChange: (keys) => setOpen(keys.map(String)),
      }}
      columns={[
        { key: 'is', title: t('household.service'), width: 150, render: (_, s) => <ServiceSign service={s} /> },
        { key: 'number', title: t('household.fact.number'), width: 150, render: (_, s) => s.number },
        { key: 'plan', title: t('household.fact.plan'), width: 140, ellipsis: true, render: (_, s) => s.plan },
        { key: 'owner', title: t('household.fact.owner'), width: 120, ellipsis: true, render: (_, s) => words.ownersOf(s.id) },
        { key: 'payer', title: t('household.fact.payer'), ellipsis: true, render: (_, s) => words.chargesOf(s.id) },
      ]}
    />
  );
};
