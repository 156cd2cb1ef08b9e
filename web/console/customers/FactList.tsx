import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading, Refused } from '../../kit/faces.tsx';
import { useWhere } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { may, useMe } from '../session.ts';
import { EVERYONE, useCatalogue, useTagName, useValueWords } from '../tags/tags.ts';
import { useSourceName } from '../tags/useSourceName.ts';
import { dateWords, tagWords } from '../tags/values.ts';
import { useNarrow } from '../useNarrow.ts';
import { useNames } from '../words.ts';
import { flagOf } from './consents.ts';
import type { Card } from './customers.ts';
import { type Fact, type FactGroup, factsLike, formOf, groupsOf } from './facts.ts';
import { saidBy } from './sources.ts';

/** Kept by the program: the code of a unit of the organisation. */
const AREA = 'area';

/** More than so many are sought by name, and a group shows so many at first. */
const FEW = 8;

/** What is known of a customer, by source, each with the month or day it speaks of; what is not known is folded away. */
export const FactList = ({ customer }: { customer: Card }) => {
  const { t } = useTranslation();
  const me = useMe().data;
  const narrow = useNarrow();
  const [sought, setSought] = useState('');
  const isSought = sought.trim() !== '';
  const all = groupsOf(customer.tags);
  const groups = all.map((group) => ({ ...group, facts: factsLike(group.facts, sought) })).filter(({ facts }) => facts.length > 0);
  const isLong = all.reduce((sum, { facts }) => sum + facts.length, 0) > FEW;
  return (
    <>
      {all.length === 0 && <p className="c-soft">{t('customer.noFacts')}</p>}
      {isLong && (
        <Input.Search
          className="c-find"
          allowClear
          value={sought}
          maxLength={100}
          placeholder={t('oneCustomer.findFact')}
          aria-label={t('oneCustomer.findFact')}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      {all.length > 0 && groups.length === 0 && <p className="c-soft">{t('oneCustomer.noSuchFact')}</p>}
      {groups.map((group) => (
        <FactGroupView key={`${group.source} ${isSought}`} group={group} isOpen={isSought || !narrow} isWhole={isSought} />
      ))}
      {may(me, 'tag:see') && <UnknownTags known={new Set(customer.tags.map(({ name }) => name))} />}
    </>
  );
};

/** Who says what is known, in words: a source by its name, a model by that of its score, which whoever sees the customer may see. */
const useSayer = (): ((group: FactGroup) => string) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const nameOf = useSourceName();
  return ({ source, facts: [first] }) =>
    t(`oneCustomer.saidBy.${saidBy(source)}`, { source: nameOf(source), model: first ? tagWords(first, lang) : '' });
};

const FactGroupView = ({ group, isOpen, isWhole }: { group: FactGroup; isOpen: boolean; isWhole: boolean }) => {
  const { t } = useTranslation();
  const said = useSayer()(group);
  const { facts } = group;
  const [all, setAll] = useState(isWhole);
  const shown = all ? facts : facts.slice(0, FEW);
  return (
    <details className="c-cust-said" open={isOpen}>
      <summary>
        <h3 className="c-subhead">
          {said} <span className="c-faint">{facts.length}</span>
        </h3>
      </summary>
      <Scroll label={said}>
        <table className="c-counts c-cust-facts">
          <thead>
            <tr>
              <th scope="col">{t('tag.one')}</th>
              <th scope="col">{t('tag.value')}</th>
              <th scope="col">{t('tag.speaksOf')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((fact) => (
              <FactRow key={fact.name} fact={fact} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {facts.length > FEW && !isWhole && (
        <button type="button" className="c-link c-small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('oneCustomer.fewFacts') : t('oneCustomer.allFacts', { count: facts.length - FEW })}
        </button>
      )}
    </details>
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
      <td className="c-soft">
        {fact.speaksOf && dateWords(fact.speaksOf, lang)}
        {!fact.speaksOf && fact.loadedAt && (
          <>
            {t('oneCustomer.loadedAt')} <Moment at={fact.loadedAt} />
          </>
        )}
        {!fact.speaksOf && !fact.loadedAt && t('tag.unsaid')}
      </td>
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
