import { Alert, Form, Input, Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reveal } from '#customer/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { type Card, revealOf } from './customers.ts';

const SHOWN_MS = 60_000;
const REASONS = ['call', 'visit', 'retention', 'complaint'] as const;

type Field = Reveal['fields'][number];
/** In the order in which people ask for them; his number in the source is never shown unasked. */
const FIELDS: readonly Field[] = ['name', 'phone', 'idNumber', 'address', 'key'];
const HIDDEN = '******';

/** Who he is, masked. A value is shown for a minute, to whom may see it, for a reason that is written down. */
export const CustomerPerson = ({ customer }: { customer: Card }) => {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Partial<Record<string, string | null>>>({});
  const [asked, setAsked] = useState<Field | null>(null);
  useEffect(() => {
    if (Object.keys(shown).length === 0) return;
    const timer = setTimeout(() => setShown({}), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const masked = (field: Field) => (field === 'key' ? HIDDEN : customer.person[field]);
  return (
    <>
      <dl className="c-facts">
        {FIELDS.filter((field) => masked(field) !== undefined).map((field) => (
          <div key={field}>
            <dt>{t(`customer.field.${field}`)}</dt>
            <dd className="c-person">
              <span className={shown[field] ? 'c-shown' : undefined}>{shown[field] ?? masked(field)}</span>
              {!shown[field] && (
                <RightButton
                  right="customer:reveal"
                  aria-label={t('reveal.title', { field: t(`customer.field.${field}`) })}
                  onClick={() => setAsked(field)}
                >
                  {t('reveal.act')}
                </RightButton>
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('field.source')}</dt>
          <dd>{customer.source}</dd>
        </div>
      </dl>
      <RevealForm
        id={customer.id}
        field={asked}
        onClose={() => setAsked(null)}
        onShown={(values) => setShown((old) => ({ ...old, ...values }))}
      />
    </>
  );
};

interface RevealProps {
  id: string;
  field: Field | null;
  onClose: () => void;
  onShown: (values: Partial<Record<string, string | null>>) => void;
}

interface Said {
  reason: (typeof REASONS)[number];
  more?: string;
}

const RevealForm = ({ id, field, onClose, onShown }: RevealProps) => {
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
      const said = [t(`customer.why.${reason}`), more?.trim()].filter(Boolean).join(': ');
      onShown(await revealOf(id, { fields: [field], reason: said }));
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
      title={t('reveal.title', { field: field ? t(`customer.field.${field}`) : '' })}
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
