import ArrowDownOutlined from '@ant-design/icons/ArrowDownOutlined';
import ArrowUpOutlined from '@ant-design/icons/ArrowUpOutlined';
import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import HolderOutlined from '@ant-design/icons/HolderOutlined';
import { Button, Radio, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_ROWS } from '#derivation/contract';
import type { Fact, Mistake } from '#rule/contract';
import { Field } from '../parts/Field.tsx';
import { useNames } from '../words.ts';
import { ConditionField } from './ConditionField.tsx';
import { choicesOf, mistakesAt, moved, type Row, type Table } from './draft.ts';

/** Nothing else that is dragged over the page is taken for a row. */
const DRAGGED = 'application/x-glasshouse-row';
const STANCES = ['unknown', 'pass', 'otherwise'] as const;

interface Props {
  table: Table;
  off: boolean;
  facts: readonly Fact[];
  mistakes: readonly Mistake[];
  onChange: (table: Table) => void;
}

/** The rows of a table in their order, by mouse or keys, and what is for all others. */
export const RowsEditor = ({ table, off, facts, mistakes, onChange }: Props) => {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const [over, setOver] = useState<number | null>(null);
  const called = useValueName(table);
  const options = choicesOf(table).map((value) => ({ value: keyOf(value), label: called(value) }));
  const withRows = (rows: readonly Row[]) => onChange({ ...table, table: [...rows] } as Table);
  const change = (i: number, some: Partial<Row>) => withRows(table.table.map((row, at) => (at === i ? ({ ...row, ...some } as Row) : row)));
  const move = (from: number, to: number, name?: 'up' | 'down') => {
    withRows(moved(table.table as Row[], from, to));
    if (name) requestAnimationFrame(() => list.current?.children[to]?.querySelector<HTMLElement>(`[data-move="${name}"]`)?.focus());
  };
  const givenBy = (key: string): Row['value'] => choicesOf(table).find((v) => keyOf(v) === key) ?? null;
  return (
    <>
      <ol className="c-der-rows" ref={list} aria-label={t('derivation.rows')}>
        {table.table.map((row, i) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name but its place
            key={i}
            data-over={over === i}
            onDragOver={(e) => {
              if (!e.dataTransfer.types.includes(DRAGGED)) return;
              e.preventDefault();
              setOver(i);
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(e) => {
              setOver(null);
              const from = Number.parseInt(e.dataTransfer.getData(DRAGGED), 10);
              if (Number.isInteger(from)) move(from, i);
            }}
          >
            <div className="c-der-row-acts">
              {!off && (
                <span
                  className="c-der-handle"
                  draggable
                  aria-hidden="true"
                  onDragStart={(e) => {
                    e.dataTransfer.setData(DRAGGED, String(i));
                    e.dataTransfer.effectAllowed = 'move';
                  }}
                >
                  <HolderOutlined />
                </span>
              )}
              <span className="c-soft c-der-nr">{i + 1}</span>
              <Button
                type="text"
                size="small"
                data-move="up"
                disabled={off || i === 0}
                icon={<ArrowUpOutlined />}
                aria-label={t('derivation.up', { row: i + 1 })}
                onClick={() => move(i, i - 1, 'up')}
              />
              <Button
                type="text"
                size="small"
                data-move="down"
                disabled={off || i === table.table.length - 1}
                icon={<ArrowDownOutlined />}
                aria-label={t('derivation.down', { row: i + 1 })}
                onClick={() => move(i, i + 1, 'down')}
              />
            </div>
            <ConditionField
              label={t('derivation.when', { row: i + 1 })}
              value={row.when}
              off={off}
              facts={facts}
              mistakes={mistakesAt(mistakes, `table[${i}].when`)}
              onChange={(when) => change(i, { when })}
            />
            <span className="c-der-then">
              <span aria-hidden="true">→</span>
              <Select
                aria-label={t('derivation.gives', { row: i + 1 })}
                disabled={off}
                value={keyOf(row.value)}
                status={mistakesAt(mistakes, `table[${i}].value`).length > 0 ? 'error' : ''}
                options={options}
                popupMatchSelectWidth={false}
                onChange={(key) => change(i, { value: givenBy(key) } as Partial<Row>)}
              />
              <Button
                type="text"
                disabled={off || table.table.length === 1}
                icon={<DeleteOutlined />}
                aria-label={t('derivation.dropRow', { row: i + 1 })}
                onClick={() => withRows(table.table.filter((_, at) => at !== i))}
              />
            </span>
          </li>
        ))}
      </ol>
      <p>
        <Button
          disabled={off || table.table.length >= MOST_ROWS}
          onClick={() => withRows([...table.table, { when: '', value: choicesOf(table)[0] } as Row])}
        >
          {t('derivation.addRow')}
        </Button>
      </p>
      <div className="c-form-pair">
        <Field label={t('derivation.otherwise')}>
          {(id) => (
            <Select
              id={id}
              disabled={off}
              value={keyOf(table.otherwise)}
              status={mistakesAt(mistakes, 'otherwise').length > 0 ? 'error' : ''}
              options={options}
              onChange={(key) => onChange({ ...table, otherwise: givenBy(key) } as Table)}
            />
          )}
        </Field>
        <fieldset className="c-der-stance">
          <legend>{t('derivation.whenUnknown')}</legend>
          <Radio.Group
            disabled={off}
            value={table.whenUnknown}
            options={STANCES.map((value) => ({ value, label: t(`derivation.stance.${value}`) }))}
            onChange={(e) => onChange({ ...table, whenUnknown: e.target.value })}
          />
        </fieldset>
      </div>
    </>
  );
};

/** A choice's own text: a value of a one-of may be called like anything. */
const keyOf = (value: string | boolean | null): string => (typeof value === 'string' ? `= ${value}` : String(value));

/** A value by its label; unknown by its word. */
export const useValueName = (table: Pick<Table, 'kind'> & { values?: readonly { value: string; zh: string; en: string }[] }) => {
  const { t } = useTranslation();
  const names = useNames();
  return (value: string | boolean | null): string => {
    if (value === null) return t('derivation.unknown');
    if (typeof value === 'boolean') return t(value ? 'tag.yes' : 'tag.no');
    return names.of(table.values?.find((v) => v.value === value)) || value;
  };
};
