import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { integer } from '../../kit/format.ts';

export interface CountLine {
  id: string;
  name: string;
  open: number;
  overdue: number;
  dueSoon: number;
  waiting: number;
  /** What the address gets for this line's orders. */
  search: Record<string, string>;
}

const COLUMNS = [
  ['overdue', 'overdue'],
  ['dueSoon', 'dueSoon'],
  ['waiting', 'waiting'],
] as const;

/** Counts by something: a bar of what is in hand, late and soon late in it, and every figure opens its own orders. */
export const CountTable = ({ title, lines, first }: { title: string; lines: CountLine[]; first: string }) => {
  const { t } = useTranslation();
  const most = Math.max(1, ...lines.map((line) => line.open));
  const share = (n: number) => `${(n / most) * 100}%`;
  return (
    <table className="c-counts">
      <caption className="g-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">{t('tab.inHand')}</th>
          <th scope="col" className="c-num">
            <span className="c-bar-key c-bar-bad" aria-hidden="true" />
            {t('tab.overdue')}
          </th>
          <th scope="col" className="c-num">
            <span className="c-bar-key c-bar-wait" aria-hidden="true" />
            {t('tab.dueSoon')}
          </th>
          <th scope="col" className="c-num">
            {t('tab.waiting')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">{line.name}</th>
            <td className="c-bar-cell">
              <Link
                to="/orders"
                search={{ ...line.search, tab: 'inHand' } as never}
                className="c-bar"
                aria-label={`${line.name} ${t('tab.inHand')} ${integer(line.open)}`}
              >
                <span className="c-bar-room">
                  <span className="c-bar-bad" style={{ inlineSize: share(line.overdue) }} />
                  <span className="c-bar-wait" style={{ inlineSize: share(line.dueSoon) }} />
                  <span className="c-bar-rest" style={{ inlineSize: share(Math.max(0, line.open - line.overdue - line.dueSoon)) }} />
                </span>
                <span className="c-bar-value">{integer(line.open)}</span>
              </Link>
            </td>
            {COLUMNS.map(([field, tab]) => (
              <td key={field} className="c-num">
                {line[field] > 0 ? (
                  <Link
                    to="/orders"
                    search={{ ...line.search, tab } as never}
                    className={field === 'overdue' ? 'c-figure c-figure-bad' : 'c-figure'}
                    aria-label={`${line.name} ${t(`tab.${tab}`)} ${integer(line[field])}`}
                  >
                    {integer(line[field])}
                  </Link>
                ) : (
                  <span className="c-faint">0</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
