import { useBlocker } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
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
      footer={
        <>
          <Button danger onClick={() => blocker.proceed?.()}>
            {t('editor.leave')}
          </Button>
          <Button type="primary" onClick={() => blocker.reset?.()}>
            {t('editor.stay')}
          </Button>
        </>
      }
      onCancel={() => blocker.reset?.()}
    >
      {t('editor.leaveWhat')}
    </Modal>
  );
};
