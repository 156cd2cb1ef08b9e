import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Axis } from '#enterprise/contract';
import { Field } from '../parts/Field.tsx';
import type { EditProps } from './TablesEditor.tsx';

const AXES: readonly Axis[] = ['value', 'loyalty', 'competition'];
const BOUNDS = ['high', 'middle', 'least'] as const;

/** From which share of points on an axis is high or middle, how much of it must be known, and who is large. */
export const AxisFields = ({ tables, off, edit }: EditProps) => {
  const { t } = useTranslation();
  return (
    <div className="c-ent-axes">
      {AXES.map((axis) => (
        <fieldset key={axis}>
          <legend>{t(`enterprise.axis.${axis}`)}</legend>
          {BOUNDS.map((bound) => (
            <Field key={bound} label={t(`enterprise.table.${bound}`)}>
              {(id) => (
                <InputNumber
                  id={id}
                  disabled={off}
                  value={tables.axes[axis][bound]}
                  min={0}
                  max={100}
                  precision={0}
                  suffix="%"
                  onChange={(value) => value !== null && edit((draft) => void Object.assign(draft.axes[axis], { [bound]: value }))}
                />
              )}
            </Field>
          ))}
        </fieldset>
      ))}
      <fieldset>
        <legend>{t('enterprise.size')}</legend>
        <Field label={t('enterprise.table.sizeFrom')}>
          {(id) => (
            <InputNumber
              id={id}
              disabled={off}
              value={tables.size.large}
              min={1}
              precision={0}
              onChange={(value) => value !== null && edit((draft) => void Object.assign(draft.size, { large: value }))}
            />
          )}
        </Field>
      </fieldset>
    </div>
  );
};
