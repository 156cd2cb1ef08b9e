import { Button, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Card } from '../parts/Card.tsx';
import { useNames, useWords } from '../words.ts';
import { CodeChoice } from './CodeChoice.tsx';
import { EditField, Wrong } from './EditField.tsx';
import { fieldId, useEditor } from './editor.ts';
import { NamesFields } from './inputs.tsx';
import { addTerm } from './operations.ts';
import { TermForm } from './TermForm.tsx';

/** What holds for the whole scenario: its name, what it begins with, the promise, the waits and the exceptions. */
export const RulesForm = () => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const { scenario, change } = useEditor();
  const { promise } = scenario;
  const roots = words.kinds.filter((kind) => kind.role === 'root' || kind.role === 'root2' || scenario.root.includes(kind.id));
  const last = scenario.milestones.at(-1);
  return (
    <>
      <Card title={t('editor.basics')}>
        <div className="c-edit-form">
          <NamesFields path="names" value={scenario.names} onChange={(value, tag) => change((s) => ({ ...s, names: value }), tag)} />
          <EditField path="root" label={t('scenario.root')} hint={t('editor.rootWhat')}>
            {(field) => (
              <Select
                {...field}
                mode="multiple"
                value={scenario.root}
                options={roots.map((kind) => ({ value: kind.id, label: names.of(kind.names) }))}
                onChange={(root) => change((s) => ({ ...s, root }))}
              />
            )}
          </EditField>
        </div>
      </Card>
      <Card title={t('scenario.promise')}>
        <div className="c-edit-form">
          <NamesFields
            path="promise.names"
            label="editor.promiseWords"
            long
            value={promise.names}
            onChange={(value, tag) => change((s) => ({ ...s, promise: { ...s.promise, names: value } }), tag)}
          />
          <EditField path="promise.slot" label={t('editor.slot')} hint={t('scenario.slot')}>
            {({ id }) => (
              <Switch
                id={id}
                className="c-edit-switch"
                checked={promise.slot}
                onChange={(slot) => change((s) => ({ ...s, promise: { ...s.promise, slot } }))}
              />
            )}
          </EditField>
          <h3 id={fieldId('promise.terms')} tabIndex={-1}>
            {t('editor.terms')}
          </h3>
          <p className="c-edit-hint">{t('editor.termsWhat')}</p>
          <Wrong path="promise.terms" />
          <ol className="c-edit-steps">
            {promise.terms.map((_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a promise has no name but its place
              <TermForm key={at} at={at} />
            ))}
          </ol>
          <Button
            type="dashed"
            block
            disabled={!last}
            onClick={() => change((s) => addTerm(s, { milestone: last!.id, seconds: 172_800, clock: 'running' }))}
          >
            {t('editor.addTerm')}
          </Button>
        </div>
      </Card>
      <div className="c-halves">
        <CodeChoice
          list="waits"
          title={t('scenario.waits')}
          known={words.waits.map((wait) => ({
            code: wait.id,
            name: names.of(wait.names),
            what: `${t(wait.promise === 'stops' ? 'scenario.stops' : 'scenario.runs')} · ${names.of(wait.ends)}`,
          }))}
        />
        <CodeChoice
          list="exceptions"
          title={t('scenario.exceptions')}
          known={words.exceptions.map((one) => ({
            code: one.code,
            name: `${one.code} ${names.of(one.names)}`,
            what: [one.events.map((event) => event.type).join(' · '), one.backTo && t('editor.backTo', { type: one.backTo })]
              .filter(Boolean)
              .join(' → '),
          }))}
        />
      </div>
    </>
  );
};
