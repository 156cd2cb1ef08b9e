import { useTranslation } from 'react-i18next';
import type { FeedLook } from '#feed/contract';
import { Scroll } from '../parts/Scroll.tsx';

const text = (value: unknown) => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
const ORDER = ['type', 'time', 'keys', 'handler', 'person', 'data', 'id'];

/** The first rows of a place as the events they would become, and what is wrong with the others. Nothing was taken. */
export const LookTable = ({ look }: { look: FeedLook }) => {
  const { t } = useTranslation();
  if (look.rows.length === 0) return <p className="c-note">{t('feed.nothingThere')}</p>;
  const used = new Set(look.rows.flatMap((row) => Object.keys(row.event ?? {})));
  const fields = ORDER.filter((field) => used.has(field));
  return (
    <Scroll label={t('feed.lookRows')}>
      <p className="c-soft">{t('feed.found', { what: look.found ?? '' })}</p>
      <table className="c-counts">
        <thead>
          <tr>
            <th scope="col" className="c-num">
              {t('import.line')}
            </th>
            {fields.map((field) => (
              <th key={field} scope="col" className="c-code">
                {field}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {look.rows.map((row) => (
            <tr key={row.line}>
              <td className="c-num">{row.line}</td>
              {row.event ? (
                fields.map((field) => (
                  <td key={field} className="c-preview-cell">
                    {text(row.event?.[field])}
                  </td>
                ))
              ) : (
                <td colSpan={Math.max(1, fields.length)} className="c-differs">
                  {row.problem?.message}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
