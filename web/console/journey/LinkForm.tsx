import { useMutation } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { useNames, useWords } from '../words.ts';

interface Props {
  journey: Pick<JourneyDetail, 'id' | 'root'>;
  how: 'cut' | 'join';
  /** The object to cut, where it is known. */
  object?: { kind: string; value: string } | undefined;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

interface Link {
  kind: string;
  value: string;
  reason: string;
}

/** Cuts a wrong link off a journey or joins what belongs to it: always with a reason, always undoable. */
export const LinkForm = ({ journey, how, object, open, onClose, onDone }: Props) => {
  const { t } = useTranslation();
  const words = useWords();
  const names = useNames();
  const trouble = useTrouble();
  const [form] = Form.useForm<Link>();
  const change = useMutation({
    mutationFn: (link: Link) =>
      post(`/api/journeys/${encodeURIComponent(journey.id)}/${how}s`, { ...link, ...object, reason: link.reason.trim() }),
    onSuccess: () => {
      onClose();
      onDone();
    },
  });
  return (
    <Modal
      open={open}
      title={object ? t('link.cutTitle', { value: object.value }) : t('link.joinTitle', { value: journey.root.value })}
      okText={t(how === 'cut' ? 'link.cut' : 'link.join')}
      okButtonProps={{ danger: how === 'cut' }}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => {
        form.resetFields();
        change.reset();
      }}
      destroyOnHidden
    >
      <p className="c-soft">{t(how === 'cut' ? 'link.cutWhat' : 'link.joinWhat')}</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={(link) => change.mutate(link)}
        requiredMark={false}
        initialValues={{ kind: 'workOrder' }}
      >
        {change.error && <Alert type="error" showIcon title={trouble(change.error)} className="c-gap-below" />}
        {!object && (
          <>
            <Form.Item name="kind" label={t('link.kind')} rules={[{ required: true }]}>
              <Select
                options={words.kinds
                  .filter((kind) => !kind.personal && kind.role !== 'context')
                  .map((kind) => ({ value: kind.id, label: names.of(kind.names) }))}
              />
            </Form.Item>
            <Form.Item
              name="value"
              label={t('field.number')}
              rules={[{ required: true, whitespace: true, message: t('link.valueMissing') }]}
            >
              <Input maxLength={128} />
            </Form.Item>
          </>
        )}
        <Form.Item name="reason" label={t('link.reason')} rules={[{ required: true, whitespace: true, message: t('link.reasonMissing') }]}>
          <Input.TextArea rows={2} maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
