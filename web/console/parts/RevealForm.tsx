import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';

/** A value in full disappears again after this time. */
export const SHOWN_MS = 60_000;

interface Props {
  /** What the value is called; null: none is asked for. */
  field: string | null;
  reasons: readonly string[];
  onClose: () => void;
  /** Throws what the server refused. */
  onReveal: (reason: string) => Promise<void>;
}

interface Said {
  reason: string;
  more?: string;
}

/** Asks why, before a personal value is shown in full. */
export const RevealForm = ({ field, reasons, onClose, onReveal }: Props) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [form] = Form.useForm<Said>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const reveal = async ({ reason, more }: Said) => {
    if (field === null) return;
    setBusy(true);
    setError(null);
    try {
      await onReveal([reason, more?.trim()].filter(Boolean).join(': '));
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
        initialValues={{ reason: reasons[0] }}
      >
        <Form.Item name="reason" label={t('reveal.reason')}>
          <Select options={reasons.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="more" label={t('reveal.more')}>
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
