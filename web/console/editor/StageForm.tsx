import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { EditField, Wrong } from './EditField.tsx';
import { fieldId, useEditor } from './editor.ts';
import { IdInput, NamesFields } from './inputs.tsx';
import { renameStage, withStage } from './operations.ts';

/** Everything of one stage. */
export const StageForm = ({ at }: { at: number }) => {
  const { t } = useTranslation();
  const { scenario, change } = useEditor();
  const stage = scenario.stages[at]!;
  const path = `stages.${at}`;
  return (
    <div className="c-edit-form" id={fieldId(path)} tabIndex={-1}>
      <p className="c-edit-hint">{t('editor.stageWhat')}</p>
      <Wrong path={path} />
      <NamesFields path={`${path}.names`} value={stage.names} onChange={(names, tag) => change((s) => withStage(s, at, { names }), tag)} />
      <div className="c-edit-pair">
        <EditField path={`${path}.id`} label={t('editor.id')}>
          {(field) => (
            <IdInput
              field={field}
              value={stage.id}
              taken={scenario.stages.filter((_, i) => i !== at).map(({ id }) => id)}
              onChange={(id) => change((s) => renameStage(s, at, id))}
            />
          )}
        </EditField>
        <EditField path={`${path}.optional`} label={t('editor.optional')} hint={t('editor.optionalStage')}>
          {({ id }) => (
            <Switch
              id={id}
              className="c-edit-switch"
              checked={stage.optional}
              onChange={(optional) => change((s) => withStage(s, at, { optional }))}
            />
          )}
        </EditField>
      </div>
    </div>
  );
};
