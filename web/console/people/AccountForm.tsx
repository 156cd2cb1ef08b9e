import { useMutation } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '#org/contract';
import { post } from '../../kit/api.ts';
import { useTrouble } from '../../kit/faces.tsx';
import { patch } from '../patch.ts';
import { useMe } from '../session.ts';
import { useNames } from '../words.ts';
import { useRoles, useUnits } from './org.ts';

interface Fields {
  login: string;
  name: string;
  role: string;
  unit: string;
}

interface Made {
  account: Account;
  password?: string;
}

interface Props {
  account: Account | 'new' | null;
  onClose: () => void;
  onMade: (made: Made) => void;
}

/** A new account, or a change to one. Nobody changes his own role or unit. */
export const AccountForm = ({ account, onClose, onMade }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const me = useMe().data;
  const roles = useRoles();
  const units = useUnits();
  const [form] = Form.useForm<Fields>();
  const old = account !== 'new' && account !== null ? account : null;
  const isMine = old?.id === me?.id;
  const save = useMutation({
    mutationFn: ({ login, name, role, unit }: Fields) =>
      old
        ? patch<Made>(`/api/accounts/${old.id}`, isMine ? { name } : { name, role, unit })
        : post<Made>('/api/accounts', { login, name, role, unit }),
    onSuccess: onMade,
  });
  const must = (message: string) => [{ required: true, message: t(message) }];
  return (
    <Modal
      open={account !== null}
      title={t(old ? 'account.edit' : 'account.add')}
      okText={t('account.save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => save.reset()}
      destroyOnHidden
    >
      <Form
        form={form}
        key={old?.id ?? 'new'}
        preserve={false}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => save.mutate(values)}
        initialValues={old ?? {}}
      >
        {save.error && <Alert type="error" showIcon title={trouble(save.error)} className="c-gap-below" />}
        <Form.Item name="login" label={t('session.login')} rules={must('session.loginMissing')}>
          <Input disabled={old !== null} autoCapitalize="none" />
        </Form.Item>
        <Form.Item name="name" label={t('account.name')} rules={must('account.nameMissing')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="role" label={t('account.role')} rules={must('account.roleMissing')}>
          <Select disabled={isMine} options={roles.data?.items.map((r) => ({ value: r.id, label: names.of(r.names) })) ?? []} />
        </Form.Item>
        <Form.Item name="unit" label={t('account.unit')} rules={must('account.unitMissing')}>
          <Select
            disabled={isMine}
            showSearch={{ optionFilterProp: 'label' }}
            options={units.data?.items.map((u) => ({ value: u.code, label: `${names.of(u.names)} ${u.code}` })) ?? []}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
};
