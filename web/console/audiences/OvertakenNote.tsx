import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Audience } from '#audience/contract';
import { Icon } from '../../kit/icons.tsx';
import { TimeAgo } from '../../kit/TimeAgo.tsx';

interface Props {
  theirs: Audience;
  onTheirs: () => void;
  onMine: () => void;
}

/** Somebody else has saved since this was opened: what he made of it, and the choice. Either way the other one stays in the versions or in undo. */
export const OvertakenNote = ({ theirs, onTheirs, onMine }: Props) => {
  const { t } = useTranslation();
  return (
    <div className="c-note c-note-wait" role="alert">
      <p className="c-aud-overtaken">
        <Icon name="alert" /> {t('audience.overtaken', { version: theirs.version })} <TimeAgo at={theirs.changedAt} />
      </p>
      {theirs.sentence && <p className="c-aud-overtaken">{theirs.sentence}</p>}
      <div className="c-page-acts">
        <Button onClick={onTheirs}>{t('audience.takeTheirs')}</Button>
        <Button onClick={onMine}>{t('audience.keepMine')}</Button>
      </div>
    </div>
  );
};
