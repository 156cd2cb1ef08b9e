import { Button, type ButtonProps, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { may, useMe } from '../session.ts';

/** A button for whoever has the right; for all others it stands there, can be reached, and says why it is off. `off`: another reason to be so. */
export const RightButton = ({ right, off = null, onClick, ...props }: ButtonProps & { right: string; off?: string | null }) => {
  const { t } = useTranslation();
  const me = useMe().data;
  const because = may(me, right) ? off : t('because.auth.forbidden');
  if (because === null) return <Button {...props} onClick={onClick} />;
  return (
    <Tooltip trigger={['hover', 'focus']} title={because}>
      <Button {...props} type="default" aria-disabled className="c-off" />
    </Tooltip>
  );
};
