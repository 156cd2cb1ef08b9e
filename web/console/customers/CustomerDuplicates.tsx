import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EvidenceWords, Grade, useCalled } from '../duplicates/DuplicateSigns.tsx';
import { usePairsOf } from '../duplicates/duplicates.ts';
import { Card } from '../parts/Card.tsx';
import type { Card as Customer } from './customers.ts';
import { useHousehold } from './households.ts';

/** Who may be the same as he, by the count or by his party, and is not decided yet; nothing stands here where there is nobody. */
export const CustomerDuplicates = ({ customer }: { customer: Customer }) => {
  const { t } = useTranslation();
  const called = useCalled();
  const parties = useHousehold(customer.id).data?.parties ?? [];
  const pairs = usePairsOf([customer.id, ...parties.map((p) => p.id)]);
  if (pairs.length === 0) return null;
  return (
    <Card title={t('oneCustomer.duplicates')}>
      <ul className="c-list">
        {pairs.map((one) => (
          <li key={one.id}>
            <p className="c-list-head">
              <Link to="/duplicates" search={{ pair: one.id } as never}>
                {t('duplicate.two', { a: called(one.a), b: called(one.b) })}
              </Link>
              <Grade grade={one.grade} />
            </p>
            <EvidenceWords one={one} />
          </li>
        ))}
      </ul>
    </Card>
  );
};
