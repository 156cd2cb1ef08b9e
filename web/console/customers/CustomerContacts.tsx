import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Card } from '../parts/Card.tsx';
import { Explained } from '../parts/Explained.tsx';
import { useCaseDetails, useCasesOf } from '../retention/cases.ts';
import { useNames } from '../words.ts';
import { type Contact, contactsOf } from './contacts.ts';
import type { Card as Customer } from './customers.ts';

const FEW = 4;

/** Who met him, when and through what: those that the reader may see. */
export const CustomerContacts = ({ customer, mayCases }: { customer: Customer; mayCases: boolean }) =>
  mayCases ? <WithCases customer={customer} /> : <Contacts contacts={contactsOf(customer.consents, [], [])} />;

const WithCases = ({ customer }: { customer: Customer }) => {
  const cases = useCasesOf(customer.id).data?.items ?? [];
  const details = useCaseDetails(cases.filter((one) => one.holder !== null).map((one) => one.id));
  return <Contacts contacts={contactsOf(customer.consents, cases, details)} />;
};

const Contacts = ({ contacts }: { contacts: readonly Contact[] }) => {
  const { t } = useTranslation();
  const [latest, earlier] = [contacts.slice(0, FEW), contacts.slice(FEW)];
  return (
    <Card title={t('oneCustomer.contacts')} extra={<Explained name={t('oneCustomer.contacts')} text={t('oneCustomer.contactsWhat')} />}>
      {contacts.length === 0 && <p className="c-soft">{t('oneCustomer.noContacts')}</p>}
      <ContactLines contacts={latest} />
      {earlier.length > 0 && (
        <details className="c-cust-unknown">
          <summary>{t('oneCustomer.earlier', { count: earlier.length })}</summary>
          <ContactLines contacts={earlier} />
        </details>
      )}
    </Card>
  );
};

const ContactLines = ({ contacts }: { contacts: readonly Contact[] }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <ul className="c-list">
      {contacts.map((one) => (
        <li key={`${one.at} ${one.through} ${one.case ?? ''}`}>
          <p className="c-list-head">
            <strong>{t(`oneCustomer.through.${one.through}`)}</strong>
            {one.case !== null && (
              <Link to="/retention" search={{ case: one.case } as never}>
                {t('retention.number', { number: one.case })}
              </Link>
            )}
            {one.outcome && <span>{names.of(one.outcome.names)}</span>}
          </p>
          {one.text !== null && <p>{one.text}</p>}
          <p className="c-soft c-small">
            <Moment at={one.at} /> · {one.by}
          </p>
        </li>
      ))}
    </ul>
  );
};
