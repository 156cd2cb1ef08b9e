import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';

interface Props {
  ids: string[];
  onDone: () => void;
  onClear: () => void;
}

/** What can be done with all chosen orders at once. Each is urged on its own, so one refusal stops none of the others. */
export const UrgeBar = ({ ids, onDone, onClear }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  if (ids.length === 0) return null;
  const urge = async () => {
    setBusy(true);
    const body = note.trim() ? { note: note.trim() } : {};
    const answers = await Promise.allSettled(ids.map((id) => post(`/api/journeys/${encodeURIComponent(id)}/urge`, body)));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    setBusy(false);
    setAsking(false);
    setNote('');
    if (refused.length === 0) void message.success(t('urge.done', { count: ids.length }));
    else
      void message.warning(
        t('urge.partly', { count: ids.length - refused.length, refused: refused.length, why: trouble(refused[0]?.reason) }),
        8,
      );
    onDone();
  };
  return (
    <section className="c-batch" aria-label={t('orders.batch')}>
      <span>{t('orders.chosen', { count: ids.length })}</span>
      <Button type="primary" onClick={() => setAsking(true)}>
        {t('urge.act')}
      </Button>
      <Button type="text" onClick={onClear}>
        {t('orders.clear')}
      </Button>
      <Modal
        open={asking}
        title={t('urge.ask', { count: ids.length })}
        okText={t('urge.act')}
        confirmLoading={busy}
        onOk={() => void urge()}
        onCancel={() => setAsking(false)}
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
    </section>
  );
};
