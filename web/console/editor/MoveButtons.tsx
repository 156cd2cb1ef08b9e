import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/icons.tsx';
import type { By } from './operations.ts';

/** Earlier and later, by button; `across`: the list lies from left to right. */
export const MoveButtons = ({
  what,
  first,
  last,
  onMove,
  across = false,
}: {
  what: string;
  first: boolean;
  last: boolean;
  onMove: (by: By) => void;
  across?: boolean;
}) => {
  const { t } = useTranslation();
  return (
    <span className={across ? 'c-edit-moves c-edit-across' : 'c-edit-moves'}>
      <Button
        size="small"
        disabled={first}
        aria-label={t('editor.earlier', { what })}
        title={t('editor.earlier', { what })}
        icon={<Icon name="down" />}
        onClick={() => onMove(-1)}
      />
      <Button
        size="small"
        disabled={last}
        aria-label={t('editor.later', { what })}
        title={t('editor.later', { what })}
        icon={<Icon name="down" />}
        onClick={() => onMove(1)}
      />
    </span>
  );
};
