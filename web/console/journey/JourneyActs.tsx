import { App, Button, Input, Modal, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action, JourneyDetail } from '#tracking/contract';
import { post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { LinkForm } from './LinkForm.tsx';

/** What the server says about an act; one it does not speak of may be tried. */
export const actionOf = (actions: Action[], name: string): Action =>
  actions.find((action) => action.name === name) ?? { name, allowed: true, because: null };

/** The acts on one journey; one that is not possible now says why. */
export const JourneyActs = ({ journey, onDone }: { journey: JourneyDetail; onDone: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [urging, setUrging] = useState(false);
  const [joining, setJoining] = useState(false);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const at = `/api/journeys/${encodeURIComponent(journey.id)}`;

  const act = async (what: () => Promise<void>) => {
    setBusy(true);
    try {
      await what();
    } catch (error) {
      void message.error(trouble(error));
    } finally {
      setBusy(false);
    }
  };
  const urge = () =>
    act(async () => {
      await post(`${at}/urge`, note.trim() ? { note: note.trim() } : {});
      setUrging(false);
      setNote('');
      void message.success(t('urge.done', { count: 1 }));
      onDone();
    });
  const make = () =>
    act(async () => {
      const { ticket } = await post<{ ticket: string }>(`${at}/ticket`);
      setLink(`${location.origin}/track#t=${ticket}`);
    });
  const copy = async () => {
    await navigator.clipboard.writeText(link ?? '');
    void message.success(t('part.copied'));
  };
  return (
    <>
      <Act action={actionOf(journey.actions, 'urge')} label={t('urge.act')} onClick={() => setUrging(true)} />
      <Act action={actionOf(journey.actions, 'ticket')} label={t('ticket.make')} onClick={() => void make()} busy={busy && !urging} />
      <Act action={actionOf(journey.actions, 'join')} label={t('link.join')} onClick={() => setJoining(true)} />
      <Modal
        open={urging}
        title={t('urge.ask', { count: 1 })}
        okText={t('urge.act')}
        confirmLoading={busy}
        onOk={() => void urge()}
        onCancel={() => setUrging(false)}
      >
        <p className="c-soft">{t('urge.what')}</p>
        <Input.TextArea
          value={note}
          rows={3}
          maxLength={200}
          placeholder={t('urge.note')}
          aria-label={t('urge.note')}
          onChange={(e) => setNote(e.target.value)}
        />
      </Modal>
      <Modal open={link !== null} title={t('ticket.title')} footer={null} onCancel={() => setLink(null)}>
        <p className="c-soft">{t('ticket.what')}</p>
        <div className="c-saved-new">
          <Input readOnly value={link ?? ''} aria-label={t('ticket.title')} onFocus={(e) => e.target.select()} />
          <Button type="primary" onClick={() => void copy()}>
            {t('part.copy')}
          </Button>
        </div>
      </Modal>
      <LinkForm journey={journey} how="join" open={joining} onClose={() => setJoining(false)} onDone={onDone} />
    </>
  );
};

/** A button that says why it is off, and can still be reached by keyboard to be read. */
export const Act = ({ action, label, onClick, busy = false }: { action: Action; label: string; onClick: () => void; busy?: boolean }) => {
  const { t } = useTranslation();
  const button = (
    <Button
      loading={busy}
      aria-disabled={!action.allowed}
      className={action.allowed ? undefined : 'c-off'}
      onClick={action.allowed ? onClick : undefined}
    >
      {label}
    </Button>
  );
  return action.allowed ? (
    button
  ) : (
    <Tooltip trigger={['hover', 'focus']} title={t(`because.${action.because}`, { defaultValue: action.because ?? '' })}>
      {button}
    </Tooltip>
  );
};
