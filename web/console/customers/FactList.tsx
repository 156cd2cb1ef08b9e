import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { Scroll } from '../parts/Scroll.tsx';
import { may, useMe } from '../session.ts';
import { EVERYONE, useCatalogue, useTagName, useValueWords } from '../tags/tags.ts';
import { useSourceName } from '../tags/useSourceName.ts';
import { dateWords } from '../tags/values.ts';
import { useNames } from '../words.ts';
import { flagOf } from './consents.ts';
import type { Card } from './customers.ts';
import { type Fact, formOf, groupsOf } from './facts.ts';
import { saidBy } from './sources.ts';

/** Kept by the program: the code of a unit of the organisation. */
const AREA = 'area';

/** What is known of a customer, by source, each with the month or day it speaks of; what is not known is folded away. */
export const FactList = ({ customer }: { customer: Card }) => {
  const { t } = useTranslation();
  const me = useMe().data;
  const sourceName = useSourceName();
  const groups = groupsOf(customer.tags);
  return (
    <>
      {groups.length === 0 && <p className="c-soft">{t('customer.noFacts')}</p>}
      {groups.map(({ source, facts }) => (
        <section key={source} aria-label={t(`oneCustomer.saidBy.${saidBy(source)}`, { source: sourceName(source) })}>
          <h3 className="c-subhead">
            {t(`oneCustomer.saidBy.${saidBy(source)}`, { source: sourceName(source) })} <span className="c-faint">{facts.length}</span>
          </h3>
          <Scroll label={t(`oneCustomer.saidBy.${saidBy(source)}`, { source: sourceName(source) })}>
            <table className="c-counts c-cust-facts">
              <thead>
                <tr>
                  <th scope="col">{t('tag.one')}</th>
                  <th scope="col">{t('tag.value')}</th>
                  <th scope="col">{t('tag.speaksOf')}</th>
                </tr>
              </thead>
              <tbody>
                {facts.map((fact) => (
                  <FactRow key={fact.name} fact={fact} />
                ))}
              </tbody>
            </table>
          </Scroll>
        </section>
      ))}
      {may(me, 'tag:see') && <UnknownTags known={new Set(customer.tags.map(({ name }) => name))} />}
    </>
  );
};

const FactRow = ({ fact }: { fact: Fact }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const nameOf = useTagName();
  const words = useValueWords();
  const names = useNames();
  const said = nameOf(fact);
  return (
    <tr>
      <th scope="row">
        <Link to="/tags/$name" params={{ name: fact.name }} title={fact.name}>
          {said}
        </Link>
      </th>
      <td className="c-cust-value">
        {fact.name === AREA && typeof fact.value === 'string'
          ? names.area(fact.value)
          : words(fact.value, { ...formOf(fact), names: fact.names })}
        {fact.confidence !== null && <span className="c-faint c-small"> {t('customer.guess', { share: fact.confidence })}</span>}
      </td>
      <td className="c-soft">{fact.speaksOf ? dateWords(fact.speaksOf, lang) : t('tag.unsaid')}</td>
    </tr>
  );
};

/** The names of all other tags: asked for only when somebody wants to know. */
const UnknownTags = ({ known }: { known: ReadonlySet<string> }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details className="c-cust-unknown" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('customer.unknown')}</summary>
      {open && <UnknownList known={known} />}
    </details>
  );
};

const UnknownList = ({ known }: { known: ReadonlySet<string> }) => {
  const { t } = useTranslation();
  const nameOf = useTagName();
  const catalogue = useCatalogue();
  if (catalogue.isPending) return <Loading lines={2} />;
  if (!catalogue.data) return <Refused error={catalogue.error} onAgain={() => void catalogue.refetch()} />;
  const others = catalogue.data.items.filter(({ name }) => !known.has(name) && name !== EVERYONE && flagOf(name) === null);
  if (others.length === 0) return <p className="c-soft">{t('customer.allKnown')}</p>;
  return (
    <ul className="c-cust-others">
      {others.map((tag) => (
        <li key={tag.name}>{nameOf(tag)}</li>
      ))}
    </ul>
  );
};
