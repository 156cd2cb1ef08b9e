import { Alert, DatePicker, Form, Modal } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Feed } from '#feed/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { replay, useAct } from './feeds.ts';

/** From when on everything is read again. It adds only what is missing. */
export const ReplayForm = ({ feed, open, onClose }: { feed: Feed; open: boolean; onClose: () => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const [form] = Form.useForm<{ from: Dayjs }>();
  const act = useAct(replay, onClose);
  return (
    <Modal
      open={open}
      title={t('feed.replay')}
      okText={t('feed.replay')}
      confirmLoading={act.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => act.reset()}
      destroyOnHidden
    >
      <p>{t(`feed.replayWhat.${feed.kind}`)}</p>
      {act.error && <Alert type="error" showIcon title={trouble(act.error)} className="c-gap-below" />}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ from }) => act.mutate({ id: feed.id, from: from.toISOString() })}
      >
        <Form.Item name="from" label={t('feed.replayFrom')} rules={[{ required: true, message: t('feed.missing') }]}>
          <DatePicker showTime className="c-wide" disabledDate={(day) => day.isAfter(dayjs())} />
        </Form.Item>
      </Form>
    </Modal>
  );
};
