import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../parts/Card.tsx';
import { CaseState, RuleWords } from '../retention/CaseSigns.tsx';
import { useCasesOf } from '../retention/cases.ts';
import { OpenedOn } from '../retention/OpenedOn.tsx';

/** His churn warnings, the latest first; nothing stands here where there was none. */
export const CustomerCases = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  const cases = useCasesOf(id).data?.items ?? [];
  if (cases.length === 0) return null;
  return (
    <Card title={t('retention.ofCustomer')}>
      <ul className="c-list">
        {cases.map((one) => (
          <li key={one.id}>
            <p className="c-list-head">
              <Link to="/retention" search={{ case: one.id } as never}>
                {t('retention.number', { number: one.id })}
              </Link>
              <CaseState one={one} />
            </p>
            <RuleWords one={one} />
            <p className="c-soft">
              <OpenedOn on={one.openedOn} />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
};
