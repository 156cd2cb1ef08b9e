import { Button, Input } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/icons.tsx';
import { useNames } from '../words.ts';
import { fieldId, useEditor } from './editor.ts';
import { readScenario, writeScenario } from './scenarioText.ts';

/** The whole draft as text. What reads as a scenario is taken over at once; what does not is kept as typed, and said. */
export const TextView = ({ text }: { text: string | null }) => {
  const { t } = useTranslation();
  const names = useNames();
  const { scenario, act, change } = useEditor();
  const written = useMemo(() => writeScenario(scenario), [scenario]);
  const wrong = useMemo(() => (text === null ? [] : problemsIn(text, scenario.id)), [text, scenario.id]);
  const type = (said: string) => {
    act({ do: 'text', text: said });
    const answer = readScenario(said);
    if ('scenario' in answer && answer.scenario.id === scenario.id) change((s) => ({ ...answer.scenario, version: s.version }), 'text');
  };
  const isTaken = text !== null && wrong.length === 0;
  return (
    <section className="c-card" aria-label={t('editor.view.text')} id={fieldId('text')} tabIndex={-1}>
      <p className="c-edit-hint">{t('editor.textWhat')}</p>
      {wrong.length > 0 && (
        <div className="c-note c-note-wait" role="status">
          <strong>{t('editor.textWrong')}</strong>
          <ul className="c-edit-wrongs">
            {wrong.map((one) => (
              <li key={`${one.path} ${one.code}`}>
                <Icon name="alert" /> {!one.path.startsWith('line ') && <span className="c-code">{one.path} </span>}
                {one.code === 'text-id' ? t('editor.textId', { id: scenario.id }) : names.of(one.names)}
              </li>
            ))}
          </ul>
          <Button onClick={() => act({ do: 'text', text: null })}>{t('editor.textDrop')}</Button>
        </div>
      )}
      <Input.TextArea
        className="c-code c-edit-text"
        aria-label={t('editor.view.text')}
        value={text ?? written}
        spellCheck={false}
        autoSize={{ minRows: 20, maxRows: 44 }}
        data-own-undo
        onChange={(event) => type(event.target.value)}
        onBlur={() => isTaken && act({ do: 'text', text: null })}
      />
    </section>
  );
};

function problemsIn(text: string, id: string) {
  const answer = readScenario(text);
  if ('problems' in answer) return answer.problems;
  return answer.scenario.id === id ? [] : [{ path: 'id', code: 'text-id', names: { zh: '', en: '' } }];
}

/** Does a text wait that is no scenario yet? */
export const isUnread = (text: string | null, id: string): boolean => text !== null && problemsIn(text, id).length > 0;
