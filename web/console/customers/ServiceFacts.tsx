import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { dateIn } from '../filter.ts';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import type { Household, Service } from './households.ts';
import { Masked } from './Masked.tsx';
import { useHouseholdWords } from './useHouseholdWords.ts';

/** All about one service: its number, who has it and who pays, where it ends, what stands there, and what it belongs to. */
export const ServiceFacts = ({ household, service, customer }: { household: Household; service: Service; customer: string }) => {
  const { t } = useTranslation();
  const { lang, zone } = useWhere();
  const names = useNames();
  const words = useHouseholdWords(household);
  const day = (at: string) => dateWords(dateIn(Date.parse(at), zone), lang);
  const home = household.homes.find((h) => h.id === service.home);
  const owner = household.owners.filter((o) => o.service === service.id);
  const mates = household.bundles.filter((b) => b.members.some((m) => m.service === service.id));
  const numberOf = (id: string) => household.services.find((s) => s.id === id)?.number ?? t('household.nameless');
  const joined = (parts: readonly (string | false | null)[]) => parts.filter(Boolean).join(' ');
  const facts: Record<string, ReactNode> = {
    number: service.number && (
      <Masked of={{ at: ['services', service.id], field: 'number' }} masked={service.number} field={t('household.fact.number')} />
    ),
    plan: service.plan,
    state: `${t(`household.state.${service.state}`)}${service.since ? t('household.from', { day: day(service.since) }) : ''}`,
    owner: owner.length > 0 && `${words.ownersOf(service.id)}${owner.some((o) => o.transferred) ? t('household.transferred') : ''}`,
    payer: words.chargesOf(service.id),
    home: home && <Home home={home} area={home.area ? names.area(home.area) : null} />,
    device: service.devices.length > 0 && <Devices service={service} day={day} />,
    contract: service.contracts
      .map((c) => joined([c.is, c.ends !== null && t('household.until', { day: dateWords(c.ends, lang) })]))
      .join(t('household.and')),
    mates: mates.length > 0 && <Mates bundles={mates} numberOf={numberOf} />,
    customer: service.customer !== null && service.customer !== customer && <CountedAs id={service.customer} />,
  };
  return (
    <dl className="c-facts c-house-facts">
      {Object.entries(facts).flatMap(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{t(`household.fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ) : (
          []
        ),
      )}
    </dl>
  );
};

const Home = ({ home, area }: { home: Household['homes'][number]; area: string | null }) => {
  const { t } = useTranslation();
  const place = [home.estate, home.building].filter(Boolean).join(' ');
  return (
    <>
      {home.address ? (
        <Masked of={{ at: ['homes', home.id], field: 'address' }} masked={home.address} field={t('household.fact.home')} />
      ) : (
        area
      )}
      {place && <span className="c-block c-soft">{place}</span>}
    </>
  );
};

/** What stands with him, each with its serial. */
const Devices = ({ service, day }: { service: Service; day: (at: string) => string }) => {
  const { t } = useTranslation();
  return (
    <ul className="c-list c-house-mates">
      {service.devices.map((d) => (
        <li key={d.id}>
          {d.is} {d.until !== null && <span className="c-soft">{t('household.until', { day: day(d.until) })} </span>}
          {d.serial === null ? (
            <span className="c-soft">{t('oneCustomer.noSerial')}</span>
          ) : (
            <Masked
              of={{ at: ['services', service.id, 'devices', d.id], field: 'serial' }}
              masked={d.serial}
              field={t('oneCustomer.serial', { device: d.is })}
            />
          )}
        </li>
      ))}
    </ul>
  );
};

/** Who stands in the same bundle, each with its part. */
const Mates = ({ bundles, numberOf }: { bundles: Household['bundles']; numberOf: (service: string) => string }) => {
  const { t } = useTranslation();
  return (
    <ul className="c-list c-house-mates">
      {bundles.map((b) => (
        <li key={b.id}>
          <span className="c-soft">{b.name ?? t(`household.bundleKind.${b.is}`)}</span>{' '}
          {b.members.map((m) => `${t(`household.role.${m.role}`)} ${numberOf(m.service)}`).join(t('household.and'))}
        </li>
      ))}
    </ul>
  );
};

const CountedAs = ({ id }: { id: string }) => {
  const { t } = useTranslation();
  return (
    <Link to="/customers/$id" params={{ id }}>
      {t('household.openCustomer')}
    </Link>
  );
};
