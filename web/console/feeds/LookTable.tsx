import { useTranslation } from 'react-i18next';
import type { FeedLook } from '#feed/contract';
import { Scroll } from '../parts/Scroll.tsx';

/** An id made of the content says nothing to a reader. */
const isDigest = (value: string) => /^[0-9a-f]{64}$/.test(value);

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(plain).join(', ') : JSON.stringify(value);

/** A field's value; of keys, person and data one line per name. */
const Cell = ({ value }: { value: unknown }) => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return isDigest(value) ? <span className="c-code">{value.slice(0, 8)}…</span> : value;
  if (typeof value !== 'object' || Array.isArray(value)) return plain(value);
  return Object.entries(value).map(([name, one]) => (
    <span key={name} className="c-block">
      <span className="c-soft">{name}</span> {plain(one)}
    </span>
  ));
};

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
                    <Cell value={row.event?.[field]} />
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
