import { useMutation } from '@tanstack/react-query';
import { Alert, App, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';

interface Passwords {
  old: string;
  next: string;
  again: string;
}

export const PasswordForm = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [form] = Form.useForm<Passwords>();
  const change = useMutation({
    mutationFn: ({ old, next }: Passwords) => post('/api/me/password', { old, next }),
    onSuccess: () => {
      void message.success(t('password.changed'));
      onClose();
    },
  });
  return (
    <Modal
      open={open}
      title={t('password.change')}
      okText={t('password.change')}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => {
        form.resetFields();
        change.reset();
      }}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" onFinish={(values) => change.mutate(values)} requiredMark={false}>
        {change.error && <Alert type="error" showIcon title={trouble(change.error)} className="c-gap-below" />}
        <Form.Item name="old" label={t('password.old')} rules={[{ required: true, message: t('password.oldMissing') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="next"
          label={t('password.next')}
          extra={t('password.rule')}
          rules={[{ required: true, min: 10, message: t('password.rule') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('password.again')}
          dependencies={['next']}
          rules={[
            { required: true, message: t('password.differs') },
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('password.differs'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
};
