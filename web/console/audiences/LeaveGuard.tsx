import { useBlocker } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';

/** Who leaves with something unsaved is asked once. A reload is not asked about where the browser keeps the draft: nothing is lost by it. */
export const LeaveGuard = ({ dirty, isKept }: { dirty: boolean; isKept: boolean }) => {
  const { t } = useTranslation();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty && !isKept,
    withResolver: true,
  });
  return (
    <Modal
      open={blocker.status === 'blocked'}
      title={t('audience.leaveTitle')}
      footer={
        <>
          <Button onClick={() => blocker.proceed?.()}>{t('editor.leave')}</Button>
          <Button type="primary" onClick={() => blocker.reset?.()}>
            {t('editor.stay')}
          </Button>
        </>
      }
      onCancel={() => blocker.reset?.()}
    >
      {t(isKept ? 'audience.leaveKept' : 'audience.leaveLost')}
    </Modal>
  );
};
