import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import { Button, Input, InputNumber, Select, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Definition } from '#derivation/contract';
import { type Mistake, ParameterUnit } from '#rule/contract';
import { Field } from '../parts/Field.tsx';
import { decimalsOf, keptOf, typedOf } from '../retention/ruleText.ts';
import { useNames } from '../words.ts';
import { type Figure, figureBeside, isFreeId, measured, mistakesAt, renamed, rowsNaming } from './draft.ts';

const MOST_FIGURES = 20;
const MOST_DECIMALS = 6;
/** Units of which there are parts: two thirds of a score, half a gigabyte; days and times are whole, and money has its two decimals. */
const FINE: ReadonlySet<Figure['unit']> = new Set(['number', 'percent', 'gb']);
const FIGURES = ['value', 'from', 'to'] as const;
const LANGUAGES = ['zh', 'en'] as const;

interface Props {
  definition: Definition;
  mistakes: readonly Mistake[];
  onChange: (definition: Definition) => void;
}

/** Figures with names, so that a threshold is changed without touching a condition: added, called otherwise wherever they are named, taken away. */
export const FiguresEditor = ({ definition, mistakes, onChange }: Props) => {
  const { t } = useTranslation();
  const { parameters } = definition;
  const withFigures = (to: readonly Figure[]) => onChange({ ...definition, parameters: [...to] });
  return (
    <fieldset className="c-der-values c-der-figures">
      <legend>{t('derivation.figures')}</legend>
      {parameters.length === 0 && <p className="c-soft">{t('derivation.noFigures')}</p>}
      {parameters.map((one, i) => (
        <FigureFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a figure's name changes while it is typed
          key={i}
          nr={i + 1}
          figure={one}
          used={rowsNaming(definition, one.id)}
          mistakes={[...mistakesAt(mistakes, `parameters[${i}].id`), ...mistakesAt(mistakes, `parameters[${i}].value`)]}
          isFree={(id) => isFreeId(parameters, i, id)}
          onName={(id) => onChange(renamed(definition, i, id))}
          onChange={(to) => withFigures(parameters.map((p, at) => (at === i ? to : p)))}
          onDrop={() => withFigures(parameters.filter((_, at) => at !== i))}
        />
      ))}
      <Button
        size="small"
        disabled={parameters.length >= MOST_FIGURES}
        onClick={() => withFigures([...parameters, figureBeside(parameters)])}
      >
        {t('derivation.addFigure')}
      </Button>
    </fieldset>
  );
};

interface OneProps {
  nr: number;
  figure: Figure;
  used: readonly number[];
  mistakes: readonly Mistake[];
  isFree: (id: string) => boolean;
  onName: (id: string) => void;
  onChange: (figure: Figure) => void;
  onDrop: () => void;
}

const FigureFields = ({ nr, figure, used, mistakes, isFree, onName, onChange, onDrop }: OneProps) => {
  const { t } = useTranslation();
  const names = useNames();
  const decimals = decimalsOf(figure);
  const drop = t('derivation.dropFigure', { nr });
  const because = used.length > 0 ? t('derivation.figureUsed', { rows: used.join(t('derivation.and')) }) : null;
  return (
    <div className="c-der-figure">
      <Field label={t('derivation.figureId')}>
        {(id) => <IdInput key={figure.id} id={id} value={figure.id} isFree={isFree} onName={onName} />}
      </Field>
      {LANGUAGES.map((language) => (
        <Field key={language} label={t(`tag.form.words.${language}`)}>
          {(id) => (
            <Input
              id={id}
              lang={language}
              maxLength={200}
              value={figure.names[language]}
              status={figure.names[language].trim() === '' ? 'warning' : ''}
              onChange={(e) => onChange({ ...figure, names: { ...figure.names, [language]: e.target.value } })}
            />
          )}
        </Field>
      ))}
      <Field label={t('derivation.figureUnit')}>
        {(id) => (
          <Select
            id={id}
            value={figure.unit}
            popupMatchSelectWidth={false}
            options={ParameterUnit.options.map((unit) => ({ value: unit, label: t(`derivation.unit.${unit}`) }))}
            onChange={(unit) => onChange(measured(figure, unit, FINE.has(unit) ? (figure.decimals ?? 0) : 0))}
          />
        )}
      </Field>
      {FINE.has(figure.unit) && (
        <Field label={t('derivation.decimals')}>
          {(id) => (
            <InputNumber
              id={id}
              min={0}
              max={MOST_DECIMALS}
              precision={0}
              value={figure.decimals ?? 0}
              onChange={(to) => to !== null && onChange(measured(figure, figure.unit, to))}
            />
          )}
        </Field>
      )}
      {FIGURES.map((name) => (
        <Field key={name} label={t(`derivation.figure.${name}`)}>
          {(id) => (
            <InputNumber
              id={id}
              value={typedOf(figure[name], figure)}
              precision={decimals}
              step={10 ** -decimals}
              suffix={figure.unit === 'number' ? null : t(`rule.unit.${figure.unit}`)}
              onChange={(typed) => typed !== null && onChange({ ...figure, [name]: keptOf(typed, figure) })}
            />
          )}
        </Field>
      ))}
      <Tooltip title={because}>
        <Button
          type="text"
          className="c-end"
          aria-disabled={because !== null}
          icon={<DeleteOutlined />}
          aria-label={because === null ? drop : `${drop} · ${because}`}
          onClick={() => because === null && onDrop()}
        />
      </Tooltip>
      {mistakes.map((m) => (
        <p key={`${m.path} ${m.reason}`} className="c-der-wrong" role="status">
          {names.of(m)}
        </p>
      ))}
    </div>
  );
};

/** A name is taken when it is left, for it moves wherever it stands; one that cannot be is given back. */
const IdInput = ({
  id,
  value,
  isFree,
  onName,
}: {
  id: string;
  value: string;
  isFree: (id: string) => boolean;
  onName: (id: string) => void;
}) => {
  const [typed, setTyped] = useState(value);
  return (
    <Input
      id={id}
      className="c-code"
      maxLength={32}
      autoCapitalize="none"
      spellCheck={false}
      value={typed}
      status={isFree(typed) ? '' : 'error'}
      onChange={(e) => setTyped(e.target.value)}
      onPressEnter={(e) => e.currentTarget.blur()}
      onBlur={() => {
        if (!isFree(typed)) setTyped(value);
        else if (typed !== value) onName(typed);
      }}
    />
  );
};
