import CopyOutlined from '@ant-design/icons/CopyOutlined';
import { App, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { EventView } from '#tracking/contract';

/** An event as it was sent, personal values masked. */
export const RawEvent = ({ event, onClose }: { event: EventView | null; onClose: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const text = event ? JSON.stringify(event, null, 2) : '';
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    void message.success(t('part.copied'));
  };
  return (
    <Modal
      open={event !== null}
      title={event?.type}
      onCancel={onClose}
      width="44rem"
      footer={
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>
          {t('part.copy')}
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reached by keyboard */}
      <pre className="c-raw" tabIndex={0}>
        {text}
      </pre>
    </Modal>
  );
};
