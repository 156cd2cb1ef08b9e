import { Alert, Form, Input, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { Act, actionOf } from './JourneyActs.tsx';

const SHOWN_MS = 60_000;
const REASONS = ['call', 'visit', 'delivery', 'complaint'] as const;

/** Who the customer is, masked. A value is shown for a minute, to whom may see it, for a reason that is written down. */
export const PersonPanel = ({ journey, person }: { journey: JourneyDetail; person: Record<string, string> }) => {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Record<string, string>>({});
  const [asked, setAsked] = useState<string | null>(null);
  const action = actionOf(journey.actions, 'reveal');
  useEffect(() => {
    if (Object.keys(shown).length === 0) return;
    const timer = setTimeout(() => setShown({}), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <>
      <dl className="c-facts">
        {Object.entries(person).map(([field, masked]) => (
          <div key={field}>
            <dt>{t(`person.${field}`, { defaultValue: field })}</dt>
            <dd className="c-person">
              <span className={shown[field] ? 'c-shown' : undefined}>{shown[field] ?? masked}</span>
              {!shown[field] && <Act action={action} label={t('reveal.act')} onClick={() => setAsked(field)} />}
            </dd>
          </div>
        ))}
      </dl>
      <RevealForm
        id={journey.id}
        field={asked}
        onClose={() => setAsked(null)}
        onShown={(field, value) => setShown({ ...shown, [field]: value })}
      />
    </>
  );
};

interface RevealProps {
  id: string;
  field: string | null;
  onClose: () => void;
  onShown: (field: string, value: string) => void;
}

const RevealForm = ({ id, field, onClose, onShown }: RevealProps) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [form] = Form.useForm<{ reason: string; more?: string }>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const reveal = async ({ reason, more }: { reason: string; more?: string }) => {
    setBusy(true);
    setError(null);
    try {
      const said = [t(`reveal.${reason}`), more?.trim()].filter(Boolean).join(': ');
      const { value } = await post<{ value: string }>(`/api/journeys/${encodeURIComponent(id)}/reveal`, { field, reason: said });
      onShown(field!, value);
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
      title={t('reveal.title', { field: t(`person.${field}`, { defaultValue: field ?? '' }) })}
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
          <Select options={REASONS.map((reason) => ({ value: reason, label: t(`reveal.${reason}`) }))} />
        </Form.Item>
        <Form.Item name="more" label={t('reveal.more')}>
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
