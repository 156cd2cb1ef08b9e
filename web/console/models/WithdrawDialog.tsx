import { Alert, App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { Field } from '../parts/Field.tsx';
import { UsedBy } from '../tags/UsedBy.tsx';
import { type Page, useWithdraw } from './models.ts';

/** Takes the version in use back, who uses its scores in sight; to publish one again undoes it. */
export const WithdrawDialog = ({ model, onClose }: { model: Page; onClose: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [reason, setReason] = useState('');
  const withdraw = useWithdraw(model.id, () => {
    void message.success(t('model.withdrawn'));
    onClose();
  });
  return (
    <Modal
      open
      title={t('model.withdrawTitle', { n: model.published?.n ?? 1 })}
      okText={t('model.withdraw')}
      okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
      confirmLoading={withdraw.isPending}
      onOk={() => withdraw.mutate(reason)}
      onCancel={onClose}
    >
      {withdraw.error && <Alert type="error" showIcon className="c-gap-below" title={trouble(withdraw.error)} />}
      <p>{t(`model.withdrawWhat.${model.kind}`, { tag: model.score })}</p>
      <section aria-label={t('tag.usedBy')}>
        <h3 className="c-subhead">{t('tag.usedBy')}</h3>
        <UsedBy name={model.score} />
      </section>
      <Field label={t('model.withdrawWhy')}>
        {(id) => <Input.TextArea id={id} autoFocus value={reason} maxLength={500} onChange={(e) => setReason(e.target.value)} />}
      </Field>
    </Modal>
  );
};
