import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Examples } from '#audience/contract';
import type { CustomerCard } from '#customer/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { formOf } from '../customers/facts.ts';
import { useTagName, useValueWords } from '../tags/tags.ts';
import { useNames } from '../words.ts';
import { useAnswer } from './useAnswer.ts';

const SHOWN = 10;
const MOST_TAGS = 4;

interface Props {
  where: object;
  /** Tags that the lines speak of: what an example is looked at for. */
  tags: readonly string[];
  onWhy: (customer: string) => void;
}

/** A few of those who are in, masked, with their values of the tags that the lines speak of. */
export const ExamplesView = ({ where, tags, onWhy }: Props) => {
  const { t } = useTranslation();
  const examples = useAnswer<z.infer<typeof Examples>>('/api/audiences/examples', JSON.stringify({ where, limit: SHOWN }));
  if (!examples.data) return examples.error ? <Refused error={examples.error} onAgain={examples.again} /> : <Loading lines={6} />;
  const items = examples.data.items as readonly Partial<CustomerCard>[];
  if (items.length === 0) return <Empty title={t('audience.noExamples')} icon="person" />;
  return (
    <div className={examples.fresh ? undefined : 'c-stale'}>
      <p className="c-soft c-small">{t('audience.examplesOf', { shown: items.length, count: integer(examples.data.count) })}</p>
      <ul className="c-aud-examples">
        {items.map((item) => (
          <Example key={item.id} item={item} tags={tags} onWhy={onWhy} />
        ))}
      </ul>
    </div>
  );
};

const Example = ({ item, tags, onWhy }: { item: Partial<CustomerCard>; tags: readonly string[]; onWhy: (customer: string) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const nameOf = useTagName();
  const words = useValueWords();
  const { id = '', person = {}, area } = item;
  const who = [person.name, person.phone].filter(Boolean).join(' ');
  const told = (item.tags ?? []).filter(({ name }) => tags.includes(name)).slice(0, MOST_TAGS);
  const said = (fact: (typeof told)[number]) =>
    fact.value === null ? t('audience.valueUnknown') : words(fact.value, { ...formOf(fact), names: fact.names });
  return (
    <li className="c-aud-example">
      <div>
        <strong>{who || t('audience.nameless')}</strong> {area && <span className="c-soft">{names.area(area)}</span>}
        <span className="c-block c-code c-faint c-small">{id}</span>
        {told.length > 0 && <span className="c-block c-small">{told.map((tag) => `${nameOf(tag)} ${said(tag)}`).join(' · ')}</span>}
      </div>
      <Button size="small" onClick={() => onWhy(id)}>
        {t('audience.whyIn')}
      </Button>
    </li>
  );
};
