import { Alert, App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { CloseForm } from './CloseForm.tsx';
import { type Detail, useAct } from './cases.ts';

type Name = 'take' | 'note' | 'close' | 'release';

/** What can be done with a case now; what cannot says why. */
export const CaseActs = ({ detail }: { detail: Detail }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [writing, setWriting] = useState<'note' | 'close' | null>(null);
  const [text, setText] = useState('');
  const act = useAct(detail.id, ({ act: done }) => {
    setWriting(null);
    setText('');
    void message.success(t(`retention.did.${done}`));
  });
  const because = (name: Name): string | null => {
    const action = detail.actions.find((one) => one.name === name);
    return action && !action.allowed ? t(`retention.not.${action.because?.replace('.', '_')}`, { holder: detail.holder ?? '' }) : null;
  };
  const is = (name: Name) => because(name) === null;
  const button = (name: Name, onClick: () => void) => (
    <RightButton
      right="retention:work"
      off={because(name)}
      type={(name === 'take' && is('take')) || (name === 'close' && is('close')) ? 'primary' : 'default'}
      aria-expanded={name === 'note' || name === 'close' ? writing === name : undefined}
      onClick={onClick}
    >
      {t(`retention.${name}`)}
    </RightButton>
  );
  return (
    <section className="c-ret-acts" aria-label={t('column.act')}>
      <div className="c-page-acts">
        {is('close') || detail.state === 'taken'
          ? button('close', () => setWriting(writing === 'close' ? null : 'close'))
          : button('take', () => act.mutate({ act: 'take' }))}
        {button('note', () => setWriting(writing === 'note' ? null : 'note'))}
        {detail.state === 'taken' && button('release', () => act.mutate({ act: 'release' }))}
      </div>
      {act.error && <Alert type="error" showIcon title={trouble(act.error)} />}
      {writing === 'note' && (
        <form
          className="c-ret-form"
          onSubmit={(event) => {
            event.preventDefault();
            act.mutate({ act: 'notes', body: { text: text.trim() } });
          }}
        >
          <Input.TextArea
            autoFocus
            value={text}
            rows={3}
            maxLength={2_000}
            aria-label={t('retention.noteText')}
            placeholder={t('retention.noteText')}
            onChange={(e) => setText(e.target.value)}
          />
          <Button type="primary" htmlType="submit" loading={act.isPending} disabled={text.trim() === ''}>
            {t('retention.noteSave')}
          </Button>
        </form>
      )}
      {writing === 'close' && <CloseForm busy={act.isPending} onClose={(body) => act.mutate({ act: 'close', body })} />}
    </section>
  );
};
