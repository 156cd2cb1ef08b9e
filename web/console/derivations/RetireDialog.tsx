import { Alert, App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { Field } from '../parts/Field.tsx';
import { UsedBy } from '../tags/UsedBy.tsx';
import { useRetire } from './derivations.ts';

/** Retires a derivation with its tag, who still uses it in sight, or takes it up again; for a reason. */
export const RetireDialog = ({ tag, act, onClose }: { tag: string; act: 'retire' | 'reinstate'; onClose: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [reason, setReason] = useState('');
  const retire = useRetire(tag, act, () => {
    onClose();
    void message.success(t(`derivation.${act}.done`));
  });
  return (
    <Modal
      open
      title={t(`derivation.${act}.title`)}
      okText={t(`derivation.${act}.do`)}
      okButtonProps={{ disabled: reason.trim() === '', danger: act === 'retire' }}
      confirmLoading={retire.isPending}
      onOk={() => retire.mutate(reason)}
      onCancel={onClose}
    >
      {retire.error && <Alert type="error" showIcon className="c-gap-below" title={trouble(retire.error)} />}
      <p>{t(`derivation.${act}.what`)}</p>
      {act === 'retire' && (
        <section aria-label={t('tag.usedBy')}>
          <h3 className="c-subhead">{t('tag.usedBy')}</h3>
          <UsedBy name={tag} />
        </section>
      )}
      <Field label={t(`derivation.${act}.why`)}>
        {(id) => <Input.TextArea id={id} autoFocus value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />}
      </Field>
    </Modal>
  );
};
