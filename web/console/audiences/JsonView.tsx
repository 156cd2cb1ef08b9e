import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/icons.tsx';
import { fromDefinition } from './definition.ts';
import { readJson } from './json.ts';
import type { Group } from './tree.ts';

interface Props {
  where: object;
  /** What the server has against it, with its place. */
  mistake: { path: string; message: string } | null;
  onRead: (root: Group) => void;
}

/** The definition as text: to be taken along, or put in. What is JSON is taken over at once; mistakes in it are told with their place. */
export const JsonView = ({ where, mistake, onRead }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? JSON.stringify(where, null, 2);
  const wrong = typed === null ? null : readJson(typed).wrong;
  const type = (said: string) => {
    setTyped(said);
    const read = readJson(said);
    if (read.wrong === null) onRead(fromDefinition(read.json));
  };
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    void message.success(t('part.copied'));
  };
  return (
    <>
      <p className="c-soft c-small">{t('audience.jsonWhat')}</p>
      <Input.TextArea
        className="c-code c-aud-json"
        aria-label={t('audience.view.json')}
        aria-invalid={wrong !== null || mistake !== null || undefined}
        value={text}
        spellCheck={false}
        autoSize={{ minRows: 8, maxRows: 24 }}
        data-own-undo
        onChange={({ target }) => type(target.value)}
        onBlur={() => wrong === null && setTyped(null)}
      />
      <div aria-live="polite">
        {wrong !== null && (
          <p className="c-aud-note c-aud-bad">
            <Icon name="alert" />{' '}
            {wrong.line === null ? t('audience.notJson') : t('audience.notJsonAt', { line: wrong.line, column: wrong.column })}
          </p>
        )}
        {wrong === null && mistake && (
          <p className="c-aud-note c-aud-bad">
            <Icon name="alert" /> <span className="c-code">{mistake.path}</span> {mistake.message}
          </p>
        )}
      </div>
      <div className="c-page-acts">
        <Button onClick={() => void copy()}>{t('part.copy')}</Button>
        {typed !== null && wrong !== null && <Button onClick={() => setTyped(null)}>{t('audience.jsonDrop')}</Button>}
      </div>
    </>
  );
};
