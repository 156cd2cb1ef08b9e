import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Names } from '#scenario/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { useNames } from '../words.ts';
import { saveDraft, scenarioOptions } from './drafts.ts';
import { emptyScenario } from './operations.ts';

/** The button below the form is its own: Enter in any field presses it. */
const FORM = 'new-scenario';

interface Wanted {
  id: string;
  names: Names;
  from?: string;
}

interface Props {
  open: boolean;
  /** What there is to copy from; no new one may have their ids, nor those of drafts. */
  scenarios: readonly { id: string; names: Names }[];
  taken: readonly string[];
  onClose: () => void;
  onMade: (id: string) => void;
}

/** A scenario that did not exist: empty, or beginning as a copy of another. It stays a draft until it is published. */
export const NewScenarioForm = ({ open, scenarios, taken, onClose, onMade }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const trouble = useTrouble();
  const queries = useQueryClient();
  const [form] = Form.useForm<Wanted>();
  const make = useMutation({
    mutationFn: async ({ id, names: called, from }: Wanted) => {
      const model = from ? await queries.fetchQuery(scenarioOptions(from)) : emptyScenario(id, called);
      return saveDraft({ ...model, id, names: called, version: 1 }, { basedOn: 0, revision: 0 });
    },
    onSuccess: (draft) => {
      void queries.invalidateQueries({ queryKey: ['scenario drafts'] });
      onMade(draft.scenario.id);
    },
  });
  const missing = [{ required: true, whitespace: true, message: t('feed.missing') }];
  return (
    <Modal
      open={open}
      title={t('editor.new')}
      okText={t('editor.begin')}
      confirmLoading={make.isPending}
      okButtonProps={{ htmlType: 'submit', form: FORM }}
      onCancel={onClose}
      afterClose={() => {
        form.resetFields();
        make.reset();
      }}
      destroyOnHidden
    >
      <p className="c-soft">{t('editor.newWhat')}</p>
      <Form id={FORM} form={form} layout="vertical" requiredMark={false} onFinish={(wanted) => make.mutate(wanted)}>
        {make.error && <Alert type="error" showIcon className="c-gap-below" title={trouble(make.error)} />}
        <Form.Item name={['names', 'zh']} label={t('editor.name.zh')} rules={missing}>
          <Input maxLength={200} lang="zh-CN" />
        </Form.Item>
        <Form.Item name={['names', 'en']} label={t('editor.name.en')} rules={missing}>
          <Input maxLength={200} lang="en" />
        </Form.Item>
        <Form.Item
          name="id"
          label={t('editor.id')}
          extra={t('editor.newIdWhat')}
          rules={[
            { required: true, message: t('feed.missing') },
            { pattern: /^[a-z0-9][a-z0-9-]{0,63}$/, message: t('editor.idWhat') },
            { validator: (_, id: string) => (taken.includes(id) ? Promise.reject(new Error(t('editor.idTaken'))) : Promise.resolve()) },
          ]}
        >
          <Input className="c-code" placeholder="fiber-to-the-room" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="from" label={t('editor.copyOf')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('editor.copyNothing')}
            options={scenarios.map((one) => ({ value: one.id, label: names.of(one.names) }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
};
