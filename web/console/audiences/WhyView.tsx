import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Why } from '#audience/contract';
import { Refused } from '../../kit/faces.tsx';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { formOf, shortId } from '../customers/facts.ts';
import { useValueWords } from '../tags/tags.ts';
import { useNames } from '../words.ts';
import { useAnswer } from './useAnswer.ts';
import { useWho } from './useWho.ts';

type Answer = z.infer<typeof Why>;
type Verdict = Answer['verdict'];

const SIGN: Readonly<Record<Verdict, { icon: IconName; tone: string }>> = {
  true: { icon: 'check', tone: 'g-tone-good' },
  false: { icon: 'cross', tone: 'g-tone-bad' },
  unknown: { icon: 'ring', tone: 'g-tone-wait' },
};

interface Props {
  where: object;
  /** Of whom it is asked already. */
  customer: string;
  /** A line's number as the tree shows it, by its path. */
  numberAt: (path: string) => string;
  onLine: (path: string) => void;
}

/** Why one customer, found by any of his numbers, is in or out: each line with his value and its verdict. His number stays in the field, never in the address. */
export const WhyView = ({ where, customer: first, numberAt, onLine }: Props) => {
  const { t } = useTranslation();
  const [customer, setCustomer] = useState(first);
  const names = useNames();
  const { who, look, choose } = useWho(first);
  const why = useAnswer<Answer>('/api/audiences/why', who.is === 'one' ? JSON.stringify({ where, customer: who.id }) : null);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    void look(customer.trim());
  };
  return (
    <>
      <form className="c-aud-ask" onSubmit={ask}>
        <Input
          autoFocus
          aria-label={t('audience.customer')}
          placeholder={t('customer.findWhat')}
          value={customer}
          maxLength={128}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setCustomer(target.value)}
        />
        <Button htmlType="submit" type="primary" loading={who.is === 'busy' || why.late}>
          {t('audience.whyAsk')}
        </Button>
      </form>
      {who.is === 'nobody' && <p className="c-soft">{t('audience.whyWhat')}</p>}
      {who.is === 'said' && (
        <p className="c-note c-note-wait" role="status">
          {who.text}
        </p>
      )}
      {who.is === 'several' && (
        <ul className="c-aud-several" aria-label={t('customer.foundMany', { count: who.items.length })}>
          {who.items.map(({ id, source, area }) => (
            <li key={id}>
              <Button size="small" onClick={() => choose(id)}>
                <span className="c-code">{shortId(id)}</span> {source} · {area ? names.area(area) : t('customer.noArea')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {why.error ? <Refused error={why.error} onAgain={why.again} /> : null}
      {why.data && !why.error && (
        <div aria-live="polite" className={why.fresh ? undefined : 'c-stale'}>
          <p className={`c-aud-verdict ${SIGN[why.data.verdict].tone}`}>
            <Icon name={SIGN[why.data.verdict].icon} /> {t(`audience.inside.${why.data.verdict}`)}
          </p>
          <ul className="c-aud-why">
            {why.data.lines.map((line) => (
              <WhyLine key={line.path} line={line} at={numberAt(line.path)} onLine={() => onLine(line.path)} />
            ))}
          </ul>
        </div>
      )}
    </>
  );
};

const FLIPPED: Readonly<Record<Verdict, Verdict>> = { true: 'false', false: 'true', unknown: 'unknown' };

/** A line that is negated in the tree is told as it stands there; what is within a ranking or another audience stands below it. */
const WhyLine = ({ line, at, onLine }: { line: Answer['lines'][number]; at: string; onLine: () => void }) => {
  const { t } = useTranslation();
  const words = useValueWords();
  const isNot = line.path.endsWith('.not');
  const isInner = /\.(top\.of|audience)\b/.test(line.path);
  const verdict = isNot ? FLIPPED[line.verdict] : line.verdict;
  const { icon, tone } = SIGN[verdict];
  const { value, label = null } = line;
  const read = (known: NonNullable<typeof value>) =>
    words(known, { ...formOf({ value: known, label }), ...(line.names && { names: line.names }) });
  const said = value === undefined ? null : value === null ? t('audience.valueUnknown') : read(value);
  return (
    <li className={`c-aud-why-line${line.decides ? ' c-aud-decides' : ''}${isInner ? ' c-aud-why-inner' : ''}`}>
      <span className={`c-aud-sign ${tone}`}>
        <Icon name={icon} />
        <span className="g-hidden">{t(`audience.verdict.${verdict}`)}</span>
      </span>
      <span>
        <button type="button" className="c-link" onClick={onLine}>
          {at && !isInner && `${at} `}
          {isNot ? t('audience.notSo', { sentence: line.sentence }) : line.sentence}
        </button>
        <span className="c-block c-soft c-small">
          {t(`audience.verdict.${verdict}`)}
          {said !== null && ` · ${t('audience.hisValue', { value: said })}`}
          {line.rank !== undefined && ` · ${line.rank === null ? t('audience.noRank') : t('audience.rank', { rank: line.rank })}`}
          {line.decides && ` · ${t('audience.decides')}`}
        </span>
      </span>
    </li>
  );
};
