import { Alert, Button, Input, Segmented, Switch } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { may, useMe } from '../session.ts';
import {
  type Consents,
  changesBetween,
  consentsOf,
  countOf,
  flagOf,
  type Given,
  givenIn,
  keepersOf,
  PURPOSES,
  type Purpose,
  TOUCHPOINTS,
  withGiven,
} from './consents.ts';
import { type Card, useConsent } from './customers.ts';

const ANSWERS = ['yes', 'unsaid', 'no'] as const;
type Answer = (typeof ANSWERS)[number];
const answerOf = (given: Given): Answer => (given === null ? 'unsaid' : given ? 'yes' : 'no');
const givenBy: Record<Answer, Given> = { yes: true, unsaid: null, no: false };
/** The shortest reason that the door takes. */
const LEAST = 2;

/** May he be met, for what and through what: changed together, with where it comes from, and the history behind. */
export const ConsentPanel = ({ customer }: { customer: Card }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const me = useMe().data;
  const id = useId();
  const now = consentsOf(customer);
  const [wished, setWished] = useState<Consents>(now);
  const [reason, setReason] = useState('');
  const save = useConsent(customer.id, () => setReason(''));
  const changes = changesBetween(now, wished);
  const count = countOf(changes);
  const keepers = keepersOf(customer, changes);
  const off = !may(me, 'customer:consent');
  const table = (purpose: Purpose) => (
    <ul className="c-cust-consents">
      {TOUCHPOINTS.map((touchpoint) => (
        <li key={touchpoint}>
          <span id={`${id}${purpose}${touchpoint}`}>{t(`customer.touchpoint.${touchpoint}`)}</span>
          <Segmented
            size="small"
            disabled={off}
            aria-labelledby={`${id}${purpose}${touchpoint}`}
            value={answerOf(givenIn(wished, purpose, touchpoint))}
            options={ANSWERS.map((value) => ({ value, label: t(`customer.answer.${value}`) }))}
            onChange={(answer) => setWished(withGiven(wished, purpose, touchpoint, givenBy[answer as Answer]))}
          />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {off && <p className="c-note">{t('because.auth.forbidden')}</p>}
      <p className="c-cust-quiet">
        <Switch
          checked={wished.doNotDisturb === true}
          disabled={off}
          aria-label={t('customer.doNotDisturb')}
          onChange={(on) => setWished({ ...wished, doNotDisturb: on })}
        />
        <span>
          <strong>{t('customer.doNotDisturb')}</strong>
          <span className="c-block c-soft c-small">{t('customer.doNotDisturbWhat')}</span>
        </span>
      </p>
      {PURPOSES.map((purpose, i) => (
        <Purposed key={purpose} isFirst={i === 0} title={t(`customer.purpose.${purpose}`)}>
          {table(purpose)}
        </Purposed>
      ))}
      {count > 0 && (
        <form
          className="c-cust-save"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ ...changes, reason: reason.trim() });
          }}
        >
          {keepers.length > 0 && <p className="c-soft c-small">{t('oneCustomer.keptBy', { sources: keepers.join(' ') })}</p>}
          {save.error && <Alert type="error" showIcon title={trouble(save.error)} />}
          <label htmlFor={`${id}reason`}>{t('customer.consentReason')}</label>
          <Input
            id={`${id}reason`}
            value={reason}
            maxLength={200}
            placeholder={t('customer.consentWhere')}
            onChange={(e) => setReason(e.target.value)}
          />
          <span className="c-acts">
            <Button type="primary" htmlType="submit" loading={save.isPending} disabled={reason.trim().length < LEAST}>
              {t('customer.consentSave', { count })}
            </Button>
            <Button onClick={() => setWished(now)}>{t('customer.consentNot')}</Button>
          </span>
        </form>
      )}
      <ConsentHistory customer={customer} />
    </>
  );
};

/** The first purpose is always open, the others are folded away. */
const Purposed = ({ isFirst, title, children }: { isFirst: boolean; title: string; children: ReactNode }) =>
  isFirst ? (
    <>
      <h3 className="c-subhead">{title}</h3>
      {children}
    </>
  ) : (
    <details className="c-cust-unknown">
      <summary>{title}</summary>
      {children}
    </details>
  );

/** Who said what when, and where it comes from. */
const ConsentHistory = ({ customer }: { customer: Card }) => {
  const { t } = useTranslation();
  const nameOf = (name: string) => {
    const flag = flagOf(name);
    if (flag === null) return name;
    if (flag.on === 'doNotDisturb') return t('customer.doNotDisturb');
    return `${t(`customer.purpose.${flag.purpose}`)} · ${t(`customer.touchpoint.${flag.touchpoint}`)}`;
  };
  const saidOf = (flag: string, given: Given) =>
    flagOf(flag)?.on === 'doNotDisturb' ? t(`customer.quiet.${answerOf(given)}`) : t(`customer.answer.${answerOf(given)}`);
  if (customer.consents.length === 0) return <p className="c-soft c-small">{t('customer.noHistory')}</p>;
  return (
    <details className="c-cust-unknown">
      <summary>{t('customer.history', { count: customer.consents.length })}</summary>
      <ul className="c-list">
        {customer.consents.map((one) => (
          <li key={`${one.at} ${one.flag}`}>
            <p>
              {nameOf(one.flag)}: <strong>{saidOf(one.flag, one.given)}</strong>
            </p>
            <p className="c-soft">
              <Moment at={one.at} /> · {one.by} · {one.reason}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
};
