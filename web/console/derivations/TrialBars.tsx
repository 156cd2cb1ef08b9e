import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Definition, Trial } from '#derivation/contract';
import { Refused } from '../../kit/faces.tsx';
import { integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { BarTable } from '../parts/BarTable.tsx';
import { dateWords } from '../tags/values.ts';
import { useTrial } from './derivations.ts';
import type { Table } from './draft.ts';
import { useValueName } from './RowsEditor.tsx';

const DAY_MS = 86_400_000;
const MOST_DECIMALS = 6;

/** How many would get which value, beside how many have it now; while it is counted, how far it is. */
export const TrialBars = ({ tag, id, definition }: { tag: string; id: string; definition: Definition }) => {
  const { t } = useTranslation();
  const trial = useTrial(tag, id);
  if (trial.error && !trial.data) return <Refused error={trial.error} onAgain={() => void trial.refetch()} />;
  const { state, done, blocks, result } = trial.data ?? { state: 'running', done: 0, blocks: 0, result: null };
  if (state === 'failed') return <p className="c-note c-note-wait">{t('derivation.trialFailed')}</p>;
  if (result === null) {
    return (
      <div role="status">
        <p className="c-soft">{t('derivation.trying')}</p>
        <Progress percent={blocks === 0 ? 0 : Math.floor((done / blocks) * 100)} aria-label={t('derivation.trying')} />
      </div>
    );
  }
  return (
    <div aria-live="polite">
      <p className="c-note">
        {t('derivation.tried', { changed: integer(result.changed), customers: integer(result.customers) })}{' '}
        {result.changed === 0 && <span>{t('derivation.triedSame')}</span>}
      </p>
      {result.before && result.after ? (
        <Bounds definition={definition} before={result.before} after={result.after} />
      ) : (
        <Bars table={definition as Table} result={result} />
      )}
    </div>
  );
};

type Result = NonNullable<Trial['result']>;

const Bars = ({ table, result }: { table: Table; result: Result }) => {
  const { t } = useTranslation();
  const called = useValueName(table);
  const shown = result.values.filter((v) => v.before + v.after > 0 || v.value !== null);
  return (
    <BarTable
      caption={t('derivation.trialTitle')}
      className="c-der-bars"
      columns={[t('tag.value'), t('derivation.before'), t('derivation.after'), t('derivation.share')]}
      most={Math.max(...shown.flatMap((v) => [v.before, v.after]))}
      lines={shown.map((v) => ({
        key: String(v.value),
        name: called(v.value),
        bars: [{ count: v.before, className: 'c-der-was' }, { count: v.after }],
        figures: [
          <span key="before" className="c-soft">
            {integer(v.before)}
          </span>,
          integer(v.after),
          result.customers > 0 && percent(v.after / result.customers),
        ],
      }))}
    />
  );
};

/** Of an expression: of how many it is known, the least and the greatest. */
const Bounds = ({
  definition,
  before,
  after,
}: {
  definition: Definition;
  before: NonNullable<Result['before']>;
  after: NonNullable<Result['after']>;
}) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const said = (n: number | null): string => {
    if (n === null) return '—';
    return definition.kind === 'date'
      ? dateWords(new Date(n * DAY_MS).toISOString().slice(0, 10), lang)
      : n.toLocaleString('en-US', { maximumFractionDigits: MOST_DECIMALS });
  };
  return (
    <table className="c-counts">
      <thead>
        <tr>
          <th scope="col">
            <span className="g-hidden">{t('tag.value')}</span>
          </th>
          <th scope="col" className="c-num">
            {t('derivation.before')}
          </th>
          <th scope="col" className="c-num">
            {t('derivation.after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {(['known', 'least', 'most'] as const).map((name) => (
          <tr key={name}>
            <th scope="row">{t(`derivation.bound.${name}`)}</th>
            <td className="c-num c-soft">{name === 'known' ? integer(before.known) : said(before[name])}</td>
            <td className="c-num">{name === 'known' ? integer(after.known) : said(after[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
