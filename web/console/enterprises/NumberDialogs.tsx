import { Alert, App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnterpriseNumber } from '#enterprise/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { Field } from '../parts/Field.tsx';
import { type Detail, useFound, useNumbers } from './enterprises.ts';

const MOST_REASON = 500;

/** Which other enterprise is the same one; nothing of it is moved, so it can be parted again. */
export const JoinDialog = ({ detail, onClose }: { detail: Detail; onClose: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [q, setQ] = useState('');
  const [other, setOther] = useState<string>();
  const [reason, setReason] = useState('');
  const found = useFound(q);
  const join = useNumbers(detail.id, () => {
    void message.success(t('enterprise.joined'));
    onClose();
  });
  const options = (found.data?.items ?? [])
    .filter((one) => one.id !== detail.id)
    .map((one) => ({ value: one.id, label: `${one.name} · ${one.key} · ${one.source}` }));
  return (
    <Modal
      open
      title={t('enterprise.joinTitle', { name: detail.name })}
      okText={t('enterprise.join')}
      okButtonProps={{ disabled: other === undefined || reason.trim() === '' }}
      confirmLoading={join.isPending}
      onOk={() => other !== undefined && join.mutate({ act: 'join', body: { other, reason } })}
      onCancel={onClose}
    >
      <div className="c-ent-numbers">
        {join.error && <Alert type="error" showIcon title={trouble(join.error)} />}
        <p>{t('enterprise.joinWhat')}</p>
        <Field label={t('enterprise.joinOther')}>
          {(id) => (
            <Select
              id={id}
              showSearch={{ filterOption: false, onSearch: setQ }}
              loading={found.isFetching}
              value={other ?? null}
              options={options}
              placeholder={t('enterprise.joinType')}
              notFoundContent={t(q.trim() === '' ? 'enterprise.joinType' : 'enterprise.joinNone')}
              onChange={(value: string | null) => setOther(value ?? undefined)}
            />
          )}
        </Field>
        <Reason reason={reason} onChange={setReason} />
      </div>
    </Modal>
  );
};

/** The number stands for itself again. */
export const PartDialog = ({ id, number, onClose }: { id: string; number: EnterpriseNumber; onClose: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [reason, setReason] = useState('');
  const part = useNumbers(id, () => {
    void message.success(t('enterprise.parted'));
    onClose();
  });
  return (
    <Modal
      open
      title={t('enterprise.partTitle', { key: number.key })}
      okText={t('enterprise.part')}
      okButtonProps={{ disabled: reason.trim() === '' }}
      confirmLoading={part.isPending}
      onOk={() => part.mutate({ act: 'part', body: { number: number.id, reason } })}
      onCancel={onClose}
    >
      <div className="c-ent-numbers">
        {part.error && <Alert type="error" showIcon title={trouble(part.error)} />}
        <p>{t('enterprise.partWhat')}</p>
        <Reason reason={reason} onChange={setReason} />
      </div>
    </Modal>
  );
};

const Reason = ({ reason, onChange }: { reason: string; onChange: (reason: string) => void }) => {
  const { t } = useTranslation();
  return (
    <Field label={t('enterprise.numberWhy')}>
      {(id) => <Input.TextArea id={id} rows={2} value={reason} maxLength={MOST_REASON} onChange={(e) => onChange(e.target.value)} />}
    </Field>
  );
};
