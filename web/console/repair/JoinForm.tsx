import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventView, JourneyList } from '#tracking/contract';
import { get, post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { ask } from '../layout/ask.ts';
import { useNames } from '../words.ts';

interface Props {
  event: EventView | null;
  onClose: () => void;
  onDone: () => void;
}

interface Join {
  object: string;
  number: string;
  reason: string;
}

/** Puts a parked event's object on the journey of an order number: with a reason, and undoable there. */
export const JoinForm = ({ event, onClose, onDone }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const [form] = Form.useForm<Join>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const objects = Object.entries(event?.keys ?? {}).flatMap(([kind, values]) => [values].flat().map((value) => ({ kind, value })));
  const join = async ({ object, number, reason }: Join) => {
    setBusy(true);
    setProblem(null);
    try {
      const what = ask(number);
      const found =
        what.how === 'number'
          ? await get<JourneyList>('/api/journeys', { q: what.q, limit: 5 })
          : await post<JourneyList>('/api/journeys/search', { kind: 'order', value: number.trim() });
      const exact = found.items.find((row) => row.root.value === number.trim()) ?? (found.items.length === 1 ? found.items[0] : undefined);
      if (!exact) return setProblem(t('repair.noSuchOrder'));
      const [kind, value] = JSON.parse(object) as [string, string];
      await post(`/api/journeys/${encodeURIComponent(exact.id)}/joins`, { kind, value, reason: reason.trim() });
      onClose();
      onDone();
    } catch (error) {
      setProblem(trouble(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={event !== null}
      title={t('repair.joinTitle', { type: event?.type ?? '' })}
      okText={t('repair.join')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => {
        form.resetFields();
        setProblem(null);
      }}
      destroyOnHidden
    >
      <p className="c-soft">{t('link.joinWhat')}</p>
      {problem && <Alert type="error" showIcon title={problem} className="c-gap-below" />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void join(values)}
        initialValues={{ object: objects[0] && JSON.stringify([objects[0].kind, objects[0].value]) }}
      >
        <Form.Item name="object" label={t('repair.object')} rules={[{ required: true }]}>
          <Select options={objects.map((o) => ({ value: JSON.stringify([o.kind, o.value]), label: `${names.kind(o.kind)} ${o.value}` }))} />
        </Form.Item>
        <Form.Item name="number" label={t('repair.order')} rules={[{ required: true, whitespace: true, message: t('link.valueMissing') }]}>
          <Input maxLength={128} />
        </Form.Item>
        <Form.Item name="reason" label={t('link.reason')} rules={[{ required: true, whitespace: true, message: t('link.reasonMissing') }]}>
          <Input.TextArea rows={2} maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
