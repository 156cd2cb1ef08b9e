import { Button, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNames, useWords } from '../words.ts';
import { EditField, Wrong } from './EditField.tsx';
import { fieldId, useEditor } from './editor.ts';
import { IdInput, NamesFields } from './inputs.tsx';
import { addStep, intoStage, placeOfNewStep, renameMilestone, withMilestone } from './operations.ts';
import { StepForm } from './StepForm.tsx';

/** Everything of one milestone. */
export const MilestoneForm = ({ at }: { at: number }) => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const { scenario, change } = useEditor();
  const milestone = scenario.milestones[at]!;
  const path = `milestones.${at}`;
  const stages = scenario.stages.map((stage) => ({ value: stage.id, label: names.of(stage.names, stage.id) }));
  const holders = words.holders.map((holder) => ({
    value: holder.id,
    label: `${names.of(holder.names)} · ${t(`editor.calendar.${holder.calendar}`)}`,
  }));
  return (
    <div className="c-edit-form" id={fieldId(path)} tabIndex={-1}>
      <NamesFields
        path={`${path}.names`}
        value={milestone.names}
        onChange={(value, tag) => change((s) => withMilestone(s, at, { names: value }), tag)}
      />
      <div className="c-edit-pair">
        <EditField path={`${path}.stage`} label={t('field.stage')}>
          {(field) => (
            <Select {...field} value={milestone.stage} options={stages} onChange={(stage) => change((s) => intoStage(s, at, stage))} />
          )}
        </EditField>
        <EditField path={`${path}.holder`} label={t('field.holder')}>
          {(field) => (
            <Select
              {...field}
              value={milestone.holder}
              showSearch={{ optionFilterProp: 'label' }}
              options={holders}
              onChange={(holder) => change((s) => withMilestone(s, at, { holder }))}
            />
          )}
        </EditField>
        <EditField path={`${path}.id`} label={t('editor.id')} hint={t('editor.milestoneIdHint')}>
          {(field) => (
            <IdInput
              field={field}
              value={milestone.id}
              taken={scenario.milestones.filter((_, i) => i !== at).map(({ id }) => id)}
              onChange={(id) => change((s) => renameMilestone(s, at, id))}
            />
          )}
        </EditField>
        <EditField path={`${path}.optional`} label={t('editor.optional')} hint={t('editor.optionalMilestone')}>
          {({ id }) => (
            <Switch
              id={id}
              className="c-edit-switch"
              checked={milestone.optional}
              onChange={(optional) => change((s) => withMilestone(s, at, { optional }))}
            />
          )}
        </EditField>
      </div>
      <h3 id={fieldId(`${path}.steps`)} tabIndex={-1}>
        {t('editor.steps')}
      </h3>
      <p className="c-edit-hint">{t('editor.stepsWhat')}</p>
      <Wrong path={`${path}.steps`} />
      <ol className="c-edit-steps">
        {milestone.steps.map((_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step's type is being typed; its place is what it is known by
          <StepForm key={place} at={at} place={place} />
        ))}
      </ol>
      <Button
        type="dashed"
        block
        disabled={milestone.steps.length >= 40}
        onClick={() => {
          const source = milestone.steps.at(-1)?.source ?? words.systems[0]?.id ?? '';
          const place = placeOfNewStep(milestone);
          change((s) => addStep(s, at, { type: '', source, optional: false, closes: false, p50: 300, p90: 1_800 }));
          requestAnimationFrame(() => document.getElementById(fieldId(`${path}.steps.${place}.type`))?.focus());
        }}
      >
        {t('editor.addStep')}
      </Button>
    </div>
  );
};
