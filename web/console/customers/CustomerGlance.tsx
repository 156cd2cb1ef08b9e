import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import { useTagName, useValueWords } from '../tags/tags.ts';
import { dateWords } from '../tags/values.ts';
import { consentsOf } from './consents.ts';
import type { Card } from './customers.ts';
import { formOf } from './facts.ts';

/** The tables that come with the program (docs/derivations.md): where he stands, and what he is worth. */
const STANDARD = ['lifecycle.stage', 'tier.contribution', 'tier.loyalty', 'tier.credit', 'tier.service'] as const;

/** What somebody at a call must know first: may he be spoken to, where does he stand, how is he to be treated. Each leads to its definition. */
export const CustomerGlance = ({ customer }: { customer: Card }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const nameOf = useTagName();
  const words = useValueWords();
  const quiet = consentsOf(customer).doNotDisturb === true;
  const known = STANDARD.flatMap((name) => customer.tags.find((tag) => tag.name === name) ?? []);
  if (known.length === 0 && !quiet) return null;
  return (
    <dl className="c-cust-glance">
      {quiet && (
        <div>
          <dt>{t('oneCustomer.contact')}</dt>
          <dd>
            <StateTag state="late">{t('customer.doNotDisturb')}</StateTag>
          </dd>
        </div>
      )}
      {known.map((tag) => (
        <div key={tag.name}>
          <dt>
            <Link to="/tags/$name" params={{ name: tag.name }}>
              {nameOf(tag)}
            </Link>
          </dt>
          <dd>{words(tag.value, { ...formOf(tag), names: tag.names })}</dd>
          {tag.speaksOf && <dd className="c-faint c-small">{dateWords(tag.speaksOf, lang)}</dd>}
        </div>
      ))}
    </dl>
  );
};
