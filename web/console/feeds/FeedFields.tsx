import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FeedKind } from '#feed/contract';

/** A setting as a field: `what` adds a sentence below, `need` makes it a must, `secret` hides it. */
interface Field {
  name: string;
  what?: boolean;
  need?: boolean;
  as?: 'number' | 'list' | 'secret' | 'lines' | readonly string[];
  hint?: string;
  /** Where the words of its values stand, when not under its own name. */
  words?: string;
}

const FIELDS: Record<FeedKind, readonly Field[]> = {
  folder: [
    { name: 'folder', need: true, what: true, hint: '/data/bss/out' },
    { name: 'pattern', hint: '*.txt' },
    { name: 'whole', as: ['any', 'mark'], what: true },
    { name: 'restSeconds', as: 'number', hint: '30' },
    { name: 'sequence', what: true, hint: '_(?<series>\\d{8})_(?<number>\\d{4})' },
  ],
  postgres: [
    { name: 'url', need: true, hint: 'postgresql://reader@10.0.0.8:5432/oss' },
    { name: 'password', as: 'secret', what: true },
    { name: 'relation', need: true, hint: 'public.work_order' },
    { name: 'cursor', need: true, what: true, hint: 'changed_at' },
    { name: 'key', as: 'list', what: true, hint: 'wo_no' },
    { name: 'overlap', as: 'number', what: true },
    { name: 'pollSeconds', as: 'number', hint: '5' },
  ],
  nats: [
    { name: 'servers', need: true, as: 'list', hint: 'nats://10.0.0.9:4222' },
    { name: 'stream', need: true, hint: 'FIELD' },
    { name: 'subject', what: true, hint: 'field.>' },
    { name: 'begin', as: ['all', 'new'], words: 'begins' },
    { name: 'user' },
    { name: 'password', as: 'secret', what: true },
    { name: 'token', as: 'secret' },
    { name: 'creds', as: 'lines', what: true },
  ],
};

/** The settings of one kind; what is left empty takes its usual value. */
export const FeedFields = ({ kind }: { kind: FeedKind }) => {
  const { t } = useTranslation();
  const control = ({ name, as, hint, words = name }: Field) => {
    if (as === 'number') return <InputNumber min={0} precision={0} placeholder={hint} className="c-wide" />;
    if (as === 'secret') return <Input.Password autoComplete="new-password" />;
    if (as === 'lines') return <Input.TextArea className="c-code" autoSize={{ minRows: 2, maxRows: 6 }} spellCheck={false} />;
    if (as === 'list') return <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} placeholder={hint} />;
    if (as)
      return (
        <Select
          allowClear
          placeholder={t(`feed.${words}.${as[0]}`)}
          options={as.map((value) => ({ value, label: t(`feed.${words}.${value}`) }))}
        />
      );
    return <Input placeholder={hint} autoCapitalize="none" spellCheck={false} />;
  };
  return FIELDS[kind].map((field) => (
    <Form.Item
      key={`${kind} ${field.name}`}
      name={['settings', field.name]}
      label={t(`feed.set.${field.name}`)}
      extra={field.what ? t(`feed.what.${field.name}`) : undefined}
      rules={field.need ? [{ required: true, message: t('feed.missing') }] : []}
    >
      {control(field)}
    </Form.Item>
  ));
};
