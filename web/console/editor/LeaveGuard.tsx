import { useBlocker } from '@tanstack/react-router';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

/** Who leaves with something unsaved: it is saved on the way out; where that cannot be, he is asked. */
export const LeaveGuard = ({ dirty, canFlush, flush }: { dirty: boolean; canFlush: boolean; flush: () => Promise<boolean> }) => {
  const { t } = useTranslation();
  const blocker = useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!dirty || current.pathname === next.pathname) return false;
      return !(canFlush && (await flush()));
    },
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  return (
    <Modal
      open={blocker.status === 'blocked'}
      title={t('editor.leaveTitle')}
      okText={t('editor.stay')}
      cancelText={t('editor.leave')}
      cancelButtonProps={{ danger: true, onClick: () => blocker.proceed?.() }}
      onOk={() => blocker.reset?.()}
      onCancel={() => blocker.reset?.()}
    >
      {t('editor.leaveWhat')}
    </Modal>
  );
};
