import ReloadOutlined from '@ant-design/icons/ReloadOutlined';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBoardLive, useBoardNews } from '../board.ts';

/** "12 条更新": what happened since waits here until the reader wants it. */
export const UpdatesButton = ({ onTake, busy }: { onTake: () => void; busy: boolean }) => {
  const { t } = useTranslation();
  const { changed, take } = useBoardNews();
  const live = useBoardLive();
  const go = () => {
    take();
    onTake();
  };
  return (
    <span className="c-updates" aria-live="polite">
      <span className={`g-live g-live-${live.state}`} title={t(live.state === 'live' ? 'part.live' : 'part.notLive')}>
        <span className="g-live-dot" />
        <span className="g-hidden">{t(live.state === 'live' ? 'part.live' : 'part.notLive')}</span>
      </span>
      <Button icon={<ReloadOutlined />} loading={busy} type={changed ? 'primary' : 'default'} ghost={changed > 0} onClick={go}>
        {changed ? t('part.updates', { count: changed > 999 ? '999+' : changed }) : t('part.refresh')}
      </Button>
    </span>
  );
};
