import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { exact } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { useNames } from '../words.ts';
import { Reason } from './Reason.tsx';
import { Scroll } from './Scroll.tsx';

/** A row of a file, table or stream: the event that it becomes, or why it becomes none. */
export interface EventRow {
  line: number;
  event: Record<string, unknown> | null;
  problem: { code?: string; message: string } | null;
}

interface Props {
  label: string;
  rows: readonly EventRow[];
  children?: ReactNode;
}

const FIELDS = ['type', 'time', 'keys', 'handler', 'person', 'data', 'scenario', 'id'] as const;
type Field = (typeof FIELDS)[number];

/** An id made of the content says nothing to a reader. */
const isDigest = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(plain).join(', ') : JSON.stringify(value);

/** Parts of a cell that are shown; the others are told on hover. */
const SHOWN: Partial<Record<Field, number>> = { data: 1 };
const MOST = 3;

/** The first rows of a place as the events they would become, each part in its column, and in plain words what is wrong with the others. */
export const EventRows = ({ label, rows, children }: Props) => {
  const { t } = useTranslation();
  const where = useWhere();
  const names = useNames();
  const used = FIELDS.filter((field) => rows.some((row) => row.event?.[field] !== undefined && !isDigest(row.event[field])));
  const nameOf = (field: Field, part: string) => {
    if (field === 'keys') return names.kind(part);
    return field === 'person' ? t(`import.role.person.${part}`, { defaultValue: part }) : part;
  };
  const cell = (field: Field, value: unknown) => {
    if (value === undefined || value === null) return null;
    if (field === 'time') return <span title={plain(value)}>{exact(plain(value), where).slice(0, 19)}</span>;
    if (typeof value !== 'object' || Array.isArray(value)) return plain(value);
    const parts = Object.entries(value);
    const most = SHOWN[field] ?? MOST;
    return (
      <span title={parts.map(([part, one]) => `${nameOf(field, part)} ${plain(one)}`).join('\n')}>
        {parts.slice(0, most).map(([part, one]) => (
          <span key={part} className={most === 1 ? 'c-event-part' : 'c-block c-event-part'}>
            <span className="c-soft">{nameOf(field, part)}</span> {plain(one)}
          </span>
        ))}{' '}
        {parts.length > most && <span className="c-faint">{t('import.moreParts', { count: parts.length - most })}</span>}
      </span>
    );
  };
  return (
    <Scroll label={label}>
      {children}
      <table className="c-counts c-event-rows">
        <thead>
          <tr>
            <th scope="col" className="c-num">
              {t('import.line')}
            </th>
            {used.map((field) => (
              <th key={field} scope="col">
                {field === 'time' ? t('import.timeIn', { zone: where.zone }) : t(`import.part.${field}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className="c-num">{row.line}</td>
              {row.event ? (
                used.map((field) => <td key={field}>{cell(field, row.event?.[field])}</td>)
              ) : (
                <td colSpan={Math.max(1, used.length)}>
                  <Reason problem={row.problem} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
