import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { useNames, useWords } from '../words.ts';

interface NewSource {
  id: string;
  name: string;
  scenario?: string;
  zone?: string;
  open?: string[];
}

interface Props {
  open: boolean;
  onClose: () => void;
  onAdded: (id: string) => void;
}

/** Registers a system that will send events; its token is shown here and never again. */
export const SourceForm = ({ open, onClose, onAdded }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const words = useWords();
  const names = useNames();
  const trouble = useTrouble();
  const [form] = Form.useForm<NewSource>();
  const add = useMutation({
    mutationFn: ({ id, name, scenario, zone, open: fields }: NewSource) =>
      post<{ id: string; token: string }>('/api/sources', {
        id,
        name,
        ...(scenario && { scenario }),
        ...(zone && { zone }),
        ...(fields?.length && { open: fields }),
      }),
    onSuccess: ({ id }) => onAdded(id),
  });
  const copy = async () => {
    await navigator.clipboard.writeText(add.data?.token ?? '');
    void message.success(t('part.copied'));
  };
  return (
    <Modal
      open={open}
      title={t('source.add')}
      okText={t('source.add')}
      confirmLoading={add.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      footer={add.data ? null : undefined}
      afterClose={() => {
        form.resetFields();
        add.reset();
      }}
      destroyOnHidden
    >
      {add.data ? (
        <>
          <Alert type="warning" showIcon title={t('source.once')} className="c-gap-below" />
          <div className="c-saved-new">
            <Input readOnly value={add.data.token} aria-label={t('source.token')} onFocus={(e) => e.target.select()} />
            <Button type="primary" onClick={() => void copy()}>
              {t('part.copy')}
            </Button>
          </div>
        </>
      ) : (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => add.mutate(values)}>
          {add.error && <Alert type="error" showIcon title={trouble(add.error)} className="c-gap-below" />}
          <Form.Item
            name="id"
            label={t('source.id')}
            extra={t('source.idRule')}
            rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,63}$/, message: t('source.idRule') }]}
          >
            <Input autoCapitalize="none" />
          </Form.Item>
          <Form.Item name="name" label={t('source.name')} rules={[{ required: true, whitespace: true, message: t('source.nameMissing') }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="scenario" label={t('source.scenario')} extra={t('source.scenarioWhat')}>
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              options={words.scenarios.map((s) => ({ value: s.id, label: names.of(s.names) }))}
            />
          </Form.Item>
          <Form.Item name="zone" label={t('source.zone')} extra={t('source.zoneWhat')}>
            <Input placeholder="Asia/Shanghai" />
          </Form.Item>
          <Form.Item name="open" label={t('source.open')} extra={t('source.openWhat')}>
            <Select mode="tags" tokenSeparators={[',', ' ', '\uff0c']} open={false} suffixIcon={null} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
};
