import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PromiseTerm } from '#scenario/contract';
import { Icon } from '../../kit/icons.tsx';
import { useNames } from '../words.ts';
import { EditField, Wrong } from './EditField.tsx';
import { fieldId, useEditor } from './editor.ts';
import { LengthInput } from './inputs.tsx';
import { MoveButtons } from './MoveButtons.tsx';
import { moveTerm, removeTerm, withTerm } from './operations.ts';

const CLOCKS = PromiseTerm.shape.clock.options;
const WHENS = PromiseTerm.shape.when.unwrap().options;

/** One promise to the customer: until which milestone, in what time, counted how, in which case. */
export const TermForm = ({ at }: { at: number }) => {
  const { t } = useTranslation();
  const names = useNames();
  const { scenario, change } = useEditor();
  const term = scenario.promise.terms[at]!;
  const path = `promise.terms.${at}`;
  const milestones = scenario.milestones.map((m) => ({ value: m.id, label: names.of(m.names, m.id) }));
  const named = (id: string | undefined) =>
    id === undefined || milestones.some(({ value }) => value === id) ? milestones : [...milestones, { value: id, label: id }];
  const types = [...new Set(scenario.milestones.flatMap(({ steps }) => steps.map(({ type }) => type)))]
    .filter(Boolean)
    .map((type) => ({ value: type, label: type }));
  const title = `${names.of(scenario.milestones.find((m) => m.id === term.milestone)?.names, term.milestone)}${term.when ? ` · ${t(`when.${term.when}`)}` : ''}`;
  return (
    <li className="c-edit-step" id={fieldId(path)} tabIndex={-1} aria-label={title}>
      <div className="c-edit-term-fields">
        <EditField path={`${path}.milestone`} label={t('editor.term.milestone')}>
          {(field) => (
            <Select
              {...field}
              value={term.milestone}
              options={named(term.milestone)}
              onChange={(milestone) => change((s) => withTerm(s, at, { milestone }))}
            />
          )}
        </EditField>
        <EditField path={`${path}.seconds`} label={t('editor.term.seconds')}>
          {(field) => (
            <LengthInput
              field={field}
              value={term.seconds}
              onChange={(seconds) => change((s) => withTerm(s, at, { seconds }), `${path}.seconds`)}
            />
          )}
        </EditField>
        <EditField path={`${path}.clock`} label={t('editor.term.clock')}>
          {(field) => (
            <Select
              {...field}
              value={term.clock}
              options={CLOCKS.map((value) => ({ value, label: t(`editor.clock.${value}`) }))}
              onChange={(clock) => change((s) => withTerm(s, at, { clock }))}
            />
          )}
        </EditField>
        <EditField path={`${path}.when`} label={t('editor.term.when')}>
          {(field) => (
            <Select
              {...field}
              allowClear
              value={term.when ?? null}
              placeholder={t('editor.term.always')}
              options={WHENS.map((value) => ({ value, label: t(`when.${value}`) }))}
              onChange={(when) => change((s) => withTerm(s, at, { when: when ?? undefined }))}
            />
          )}
        </EditField>
        <EditField path={`${path}.from`} label={t('editor.term.from')}>
          {(field) => (
            <Select
              {...field}
              allowClear
              value={term.from ?? null}
              placeholder={t('editor.term.begin')}
              options={named(term.from)}
              onChange={(from) => change((s) => withTerm(s, at, { from: from ?? undefined }))}
            />
          )}
        </EditField>
        <EditField path={`${path}.fromStep`} label={t('editor.term.fromStep')}>
          {(field) => (
            <Select
              {...field}
              allowClear
              showSearch
              value={term.fromStep ?? null}
              placeholder={t('editor.term.noStep')}
              options={types}
              onChange={(fromStep) => change((s) => withTerm(s, at, { fromStep: fromStep ?? undefined }))}
            />
          )}
        </EditField>
      </div>
      <div className="c-edit-step-acts">
        <span className="c-end c-edit-buttons">
          <MoveButtons
            what={title}
            first={at === 0}
            last={at === scenario.promise.terms.length - 1}
            onMove={(by) => change((s) => moveTerm(s, at, by))}
          />
          <Button
            size="small"
            danger
            icon={<Icon name="cross" />}
            aria-label={t('editor.removeThing', { name: title })}
            onClick={() => change((s) => removeTerm(s, at))}
          />
        </span>
      </div>
      <Wrong path={path} />
    </li>
  );
};
