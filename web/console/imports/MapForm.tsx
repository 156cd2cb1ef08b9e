import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../parts/Field.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { useNames, useWords } from '../words.ts';
import type { ImportPreview, MapChanges, ShownMap } from './imports.ts';
import { keyRoles, missing, PERSON, PLAIN, REST, roleOf, sortedColumns } from './roles.ts';

interface Props {
  shown: ShownMap;
  columns: ImportPreview['columns'];
  onChange: (changes: MapChanges) => void;
}

/** So many columns of plain data need not be folded away. */
const FEW = 3;

/** The map as a form: whose log it is, which scenario, how its times read, and what each column is. Every change is tried at once. */
export const MapForm = ({ shown, columns, onChange }: Props) => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const keys = keyRoles(words.kinds, shown);
  const [unfolded, unfold] = useState(false);
  const sorted = sortedColumns(columns, shown);
  const plain = sorted.filter((column) => roleOf(column.name, shown) === 'data');
  const folds = !unfolded && plain.length > FEW && missing(shown).length === 0;
  const nameOf = (role: string) =>
    role.startsWith('key.')
      ? names.kind(role.slice(4))
      : role.startsWith('data.')
        ? t('import.dataAs', { name: role.slice(5) })
        : t(`import.role.${role}`);
  const options = (current: string) => [
    { label: t('import.roles.what'), options: [...PLAIN].map((value) => ({ value, label: nameOf(value) })) },
    { label: t('import.roles.keys'), options: keys.map((value) => ({ value, label: nameOf(value) })) },
    { label: t('import.roles.person'), options: [...PERSON].map((value) => ({ value, label: nameOf(value) })) },
    {
      label: t('import.roles.rest'),
      options: [...(current.startsWith('data.') ? [current] : []), ...REST].map((value) => ({ value, label: nameOf(value) })),
    },
  ];
  const text = (name: 'source' | 'zone' | 'timeFormat', placeholder?: string) => (
    <Field label={t(`import.set.${name}`)}>
      {(id) => (
        <Input
          key={shown[name] ?? ''}
          id={id}
          defaultValue={shown[name] ?? ''}
          placeholder={placeholder}
          spellCheck={false}
          onBlur={(e) => e.target.value !== (shown[name] ?? '') && onChange({ [name]: e.target.value || null })}
          onPressEnter={(e) => e.currentTarget.blur()}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="c-map-settings">
        {text('source')}
        <Field label={t('field.scenario')}>
          {(id) => (
            <Select
              id={id}
              value={shown.scenario ?? ''}
              showSearch={{ optionFilterProp: 'label' }}
              popupMatchSelectWidth={false}
              options={[
                { value: 'auto', label: t('import.auto') },
                { value: '', label: t('import.bySource') },
                ...words.scenarios.map((s) => ({ value: s.id, label: names.of(s.names) })),
              ]}
              onChange={(value) => onChange({ scenario: value || null })}
            />
          )}
        </Field>
        {text('zone', 'Asia/Shanghai')}
        {text('timeFormat', t('import.anyTime'))}
      </div>
      {columns.length > 0 && (
        <Scroll label={t('import.map')}>
          <table className="c-counts c-map-columns">
            <thead>
              <tr>
                {['column', 'becomes', 'samples'].map((name) => (
                  <th key={name} scope="col">
                    {t(`import.head.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {(folds ? sorted.filter((column) => !plain.includes(column)) : sorted).map((column) => {
                const role = roleOf(column.name, shown);
                return (
                  <tr key={column.name} className={role === 'drop' ? 'c-faint' : undefined}>
                    <th scope="row" className={role === 'data' || role === 'drop' ? undefined : 'c-strong'}>
                      {column.name}
                    </th>
                    <td>
                      <Select
                        value={role}
                        aria-label={t('import.becomes', { column: column.name })}
                        showSearch={{ optionFilterProp: 'label' }}
                        popupMatchSelectWidth={false}
                        className="c-wide"
                        options={options(role)}
                        onChange={(value) => onChange({ columns: { [column.name]: value } })}
                      />
                    </td>
                    <td className="c-soft c-samples" title={column.samples.join('\n')}>
                      {column.samples.join(' · ') || t('import.noSample')}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {folds && (
            <p className="c-more">
              <span className="c-soft">
                {t('import.kept', { count: plain.length, names: plain.map((column) => column.name).join(t('variant.comma')) })}
              </span>
              <Button size="small" onClick={() => unfold(true)}>
                {t('import.unfold')}
              </Button>
            </p>
          )}
        </Scroll>
      )}
    </>
  );
};
