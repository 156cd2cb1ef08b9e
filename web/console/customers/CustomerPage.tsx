import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { CustomerScores } from '../models/CustomerScores.tsx';
import { Card } from '../parts/Card.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { may, useMe } from '../session.ts';
import { TransferCard } from '../transfers/TransferCard.tsx';
import { useNames } from '../words.ts';
import { ConsentPanel } from './ConsentPanel.tsx';
import { CustomerCases } from './CustomerCases.tsx';
import { CustomerContacts } from './CustomerContacts.tsx';
import { CustomerDuplicates } from './CustomerDuplicates.tsx';
import { CustomerGlance } from './CustomerGlance.tsx';
import { CustomerJourneys } from './CustomerJourneys.tsx';
import { CustomerPerson } from './CustomerPerson.tsx';
import { type Card as Customer, useCustomer } from './customers.ts';
import { Erase } from './Erase.tsx';
import { FactList } from './FactList.tsx';
import { shortId } from './facts.ts';
import { HouseholdCard } from './HouseholdCard.tsx';
import { OwnSign } from './OwnSign.tsx';
import { Readmit } from './Readmit.tsx';

/** Everything about one customer: who he is, what is known of him and since when, what he agreed to. */
export const CustomerPage = () => {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const customer = useCustomer(id);
  return (
    <>
      <p className="c-tags-back">
        <Link to="/customers">{t('customer.back')}</Link>
      </p>
      {customer.isPending && <Loading lines={10} />}
      {customer.error && !customer.data && <Refused error={customer.error} onAgain={() => void customer.refetch()} />}
      {customer.data && <CustomerView key={id} customer={customer.data} at={customer.data.at} />}
    </>
  );
};

const CustomerView = ({ customer, at }: { customer: Customer; at: string }) => {
  const { t } = useTranslation();
  const names = useNames();
  const me = useMe().data;
  const area = customer.area ? names.area(customer.area) : t('customer.noArea');
  const known = customer.tags.length;
  return (
    <article className="c-journey">
      <PageHead title={customer.person.name ?? t('customer.nameless', { id: shortId(customer.id) })} at={at} />
      <p className="c-tags-signs">
        <OwnSign customer={customer} />
        <span>{area}</span>
        <span>{known > 0 ? t('customer.knownCount', { count: known }) : t('customer.nothingKnown')}</span>
        {customer.mergedInto && (
          <Link to="/customers/$id" params={{ id: customer.mergedInto }}>
            {t('duplicate.countedAs', { id: shortId(customer.mergedInto) })}
          </Link>
        )}
        {customer.goneAt && (
          <span className="c-soft">
            {t('customer.goneAt')} <Moment at={customer.goneAt} />
          </span>
        )}
      </p>
      {customer.erasedAt && (
        <p className="c-note">
          <strong>
            {t('oneCustomer.erased')} <Moment at={customer.erasedAt} />
          </strong>
          <span className="c-block">{t('oneCustomer.erasedWhat')}</span>
          {customer.heardAt && (
            <span className="c-block">
              {t('readmission.heardAt')} <Moment at={customer.heardAt} />
            </span>
          )}
          <span className="c-cust-readmit">
            <Readmit customer={customer.id} size="small" />
          </span>
        </p>
      )}
      {!customer.erasedAt && !customer.numbered && <p className="c-note">{t('readmission.waiting')}</p>}
      <CustomerGlance customer={customer} />
      <div className="c-journey-body">
        <div className="c-journey-main">
          {may(me, 'journey:read') && <CustomerJourneys id={customer.id} />}
          {customer.own !== false && <HouseholdCard id={customer.id} />}
          <CustomerContacts customer={customer} mayCases={may(me, 'retention:see')} />
        </div>
        <div className="c-journey-side">
          <Card title={t('customer.person')}>
            <CustomerPerson customer={customer} />
            {may(me, 'person:erase') && (
              <p className="c-cust-readmit">
                <Erase
                  him={{ id: customer.id, idNumber: customer.person.idNumber, phone: customer.person.phone }}
                  isErased={customer.erasedAt !== null}
                />
              </p>
            )}
          </Card>
          {may(me, 'model:read') && <CustomerScores customer={customer} />}
          {may(me, 'retention:see') && <CustomerCases id={customer.id} />}
          {may(me, 'duplicate:see') && <CustomerDuplicates customer={customer} />}
          {customer.own === true && <TransferCard customer={customer.id} />}
          <Card title={t('customer.consents')}>
            <ConsentPanel key={customer.consents[0]?.at ?? ''} customer={customer} />
          </Card>
        </div>
      </div>
      <Card title={t('customer.facts')}>
        <FactList customer={customer} />
      </Card>
    </article>
  );
};
