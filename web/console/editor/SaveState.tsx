import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { clock, exact } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Icon, type IconName } from '../../kit/icons.tsx';
import type { Saving } from './saver.ts';

const SIGN: Record<Saving['is'], IconName> = {
  same: 'dash',
  saved: 'check',
  waiting: 'half',
  saving: 'half',
  incomplete: 'pause',
  conflict: 'alert',
  failed: 'offline',
};

/** Whether the draft is kept, since when and by whom; or why not. */
export const SaveState = ({ saving, onAgain }: { saving: Saving; onAgain: () => void }) => {
  const { t } = useTranslation();
  const where = useWhere();
  const trouble = useTrouble();
  const bad = saving.is === 'conflict' || saving.is === 'failed' || saving.is === 'incomplete';
  return (
    <span className={bad ? 'c-edit-saved c-edit-unsaved' : 'c-edit-saved'}>
      <span role="status" title={saving.is === 'saved' ? `${saving.by} ${exact(saving.at, where)}` : undefined}>
        <Icon name={SIGN[saving.is]} /> {saving.is === 'saved' && t('editor.saved', { time: clock(saving.at, where), by: saving.by })}
        {saving.is === 'failed' && t('editor.saveFailed', { why: trouble(saving.error) })}
        {saving.is !== 'saved' && saving.is !== 'failed' && t(`editor.saving.${saving.is}`)}
      </span>
      {saving.is === 'failed' && (
        <Button size="small" onClick={onAgain}>
          {t('kit:again')}
        </Button>
      )}
    </span>
  );
};
