import { useTranslation } from 'react-i18next';
import { Scroll } from '../parts/Scroll.tsx';
import type { ImportPreview } from './imports.ts';

const text = (value: unknown) => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));

/** The first rows of the file as the events they would become, and what is wrong with the others. */
export const PreviewTable = ({ preview }: { preview: ImportPreview }) => {
  const { t } = useTranslation();
  const fields = [...new Set(preview.rows.flatMap((row) => Object.keys(row.event ?? {})))];
  return (
    <Scroll label={t('import.rows')}>
      <p className="c-soft">{t('import.form', { form: preview.form.toUpperCase(), columns: preview.columns.length })}</p>
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
          {preview.rows.map((row) => (
            <tr key={row.line}>
              <td className="c-num">{row.line}</td>
              {row.event ? (
                fields.map((field) => (
                  <td key={field} className="c-preview-cell" title={text(row.event?.[field])}>
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
