import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';

/** A value in full disappears again after this time. */
export const SHOWN_MS = 60_000;
const REASONS = ['call', 'visit', 'retention', 'complaint'] as const;

interface RevealProps {
  /** What it is called; null: nothing is asked. */
  field: string | null;
  onClose: () => void;
  onReveal: (reason: string) => Promise<void>;
}

interface Said {
  reason: (typeof REASONS)[number];
  more?: string;
}

/** Why somebody wants to see a value in full. */
export const RevealForm = ({ field, onClose, onReveal }: RevealProps) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [form] = Form.useForm<Said>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const reveal = async ({ reason, more }: Said) => {
    setBusy(true);
    setError(null);
    try {
      const said = [t(`customer.why.${reason}`), more?.trim()].filter(Boolean).join(': ');
      await onReveal(said);
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={field !== null}
      title={t('reveal.title', { field: field ?? '' })}
      okText={t('reveal.act')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => {
        form.resetFields();
        setError(null);
      }}
      destroyOnHidden
    >
      <p className="c-soft">{t('reveal.what')}</p>
      {error !== null && <Alert type="error" showIcon title={trouble(error)} className="c-gap-below" />}
      <Form
        form={form}
        layout="vertical"
        onFinish={(values) => void reveal(values)}
        requiredMark={false}
        initialValues={{ reason: 'call' }}
      >
        <Form.Item name="reason" label={t('reveal.reason')}>
          <Select options={REASONS.map((reason) => ({ value: reason, label: t(`customer.why.${reason}`) }))} />
        </Form.Item>
        <Form.Item name="more" label={t('reveal.more')}>
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
