import { Button, Checkbox, Dropdown, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/icons.tsx';
import { useNames, useWords } from '../words.ts';
import { EditField, Wrong } from './EditField.tsx';
import { fieldId, useEditor } from './editor.ts';
import { LengthInput } from './inputs.tsx';
import { MoveButtons } from './MoveButtons.tsx';
import { giveStep, moveStep, removeStep, retypeStep, withStep } from './operations.ts';

/** One step of a milestone: who reports it under which type, how long it takes, whether it closes. */
export const StepForm = ({ at, place }: { at: number; place: number }) => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const { scenario, change } = useEditor();
  const milestone = scenario.milestones[at]!;
  const step = milestone.steps[place]!;
  const path = `milestones.${at}.steps.${place}`;
  const alone = milestone.steps.length === 1;
  const sources = words.systems.map((system) => ({ value: system.id, label: names.of(system.names) }));
  const known = sources.some(({ value }) => value === step.source) || step.source === '';
  return (
    <li className="c-edit-step" id={fieldId(path)} tabIndex={-1} aria-label={t('editor.stepOf', { place: place + 1, type: step.type })}>
      <div className="c-edit-step-fields">
        <EditField path={`${path}.type`} label={t('editor.type')}>
          {(field) => (
            <Input
              {...field}
              className="c-code"
              value={step.type}
              maxLength={128}
              placeholder="order.submitted"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => change((s) => retypeStep(s, at, place, event.target.value), `${path}.type`)}
            />
          )}
        </EditField>
        <EditField path={`${path}.source`} label={t('field.source')}>
          {({ status, ...field }) => (
            <Select
              {...field}
              status={status}
              value={step.source}
              showSearch={{ optionFilterProp: 'label' }}
              options={known ? sources : [...sources, { value: step.source, label: step.source }]}
              onChange={(source) => change((s) => withStep(s, at, place, { source }))}
            />
          )}
        </EditField>
        {(['p50', 'p90'] as const).map((time) => (
          <EditField key={time} path={`${path}.${time}`} label={t(`editor.${time}`)}>
            {(field) => (
              <LengthInput
                field={field}
                value={step[time]}
                onChange={(seconds) => change((s) => withStep(s, at, place, { [time]: seconds }), `${path}.${time}`)}
              />
            )}
          </EditField>
        ))}
      </div>
      <div className="c-edit-step-acts">
        {(['closes', 'optional'] as const).map((flag) => (
          <Checkbox
            key={flag}
            id={fieldId(`${path}.${flag}`)}
            checked={step[flag]}
            onChange={(event) => change((s) => withStep(s, at, place, { [flag]: event.target.checked }))}
          >
            {t(`editor.${flag}`)}
          </Checkbox>
        ))}
        <span className="c-end c-edit-buttons">
          <MoveButtons
            what={step.type || t('scenario.step')}
            first={place === 0}
            last={place === milestone.steps.length - 1}
            onMove={(by) => change((s) => moveStep(s, at, place, by))}
          />
          <Dropdown
            disabled={alone}
            trigger={['click']}
            menu={{
              items: scenario.milestones.flatMap((other, i) => (i === at ? [] : [{ key: i, label: names.of(other.names, other.id) }])),
              onClick: ({ key }) => change((s) => giveStep(s, at, place, Number(key))),
            }}
          >
            <Button size="small">{t('editor.give')}</Button>
          </Dropdown>
          <Button
            size="small"
            danger
            disabled={alone}
            title={alone ? t('editor.lastStep') : undefined}
            aria-label={t('editor.removeThing', { name: step.type })}
            icon={<Icon name="cross" />}
            onClick={() => change((s) => removeStep(s, at, place))}
          />
        </span>
      </div>
      {(['', '.closes', '.optional'] as const).map((more) => (
        <Wrong key={more} path={`${path}${more}`} />
      ))}
    </li>
  );
};
