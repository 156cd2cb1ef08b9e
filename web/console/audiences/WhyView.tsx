import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Why } from '#audience/contract';
import { Refused } from '../../kit/faces.tsx';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { useNames } from '../words.ts';
import { useAnswer } from './useAnswer.ts';

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

/** Why one customer is in or out: each line with his value and its verdict. His number stays in the field, never in the address. */
export const WhyView = ({ where, customer: first, numberAt, onLine }: Props) => {
  const { t } = useTranslation();
  const [customer, setCustomer] = useState(first);
  const [asked, setAsked] = useState(first);
  const why = useAnswer<Answer>('/api/audiences/why', asked ? JSON.stringify({ where, customer: asked }) : null);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setAsked(customer.trim());
  };
  return (
    <>
      <form className="c-aud-ask" onSubmit={ask}>
        <Input
          autoFocus
          aria-label={t('audience.customer')}
          placeholder={t('audience.customer')}
          value={customer}
          maxLength={128}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => setCustomer(target.value)}
        />
        <Button htmlType="submit" type="primary" loading={why.late}>
          {t('audience.whyAsk')}
        </Button>
      </form>
      {asked === '' && <p className="c-soft">{t('audience.whyWhat')}</p>}
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
  const names = useNames();
  const isNot = line.path.endsWith('.not');
  const isInner = /\.(top\.of|audience)\b/.test(line.path);
  const verdict = isNot ? FLIPPED[line.verdict] : line.verdict;
  const { icon, tone } = SIGN[verdict];
  const { value } = line;
  const said =
    value === undefined
      ? null
      : value === null
        ? t('audience.valueUnknown')
        : typeof value === 'boolean'
          ? t(`audience.ask.flag.${value ? 'yes' : 'no'}`)
          : names.of(line.label) || String(value);
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
