import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/icons.tsx';

/** Why a row was refused, in the reader's words and with what to do, then the reader's own message with the particulars. */
export const Reason = ({ problem }: { problem: { code?: string; message: string } | null }) => {
  const { t } = useTranslation();
  const said = problem?.code ? t(`rowFault.${problem.code.replace('event.', '')}`, { defaultValue: '' }) : '';
  return (
    <span className="c-refused">
      <Icon name="alert" />
      {said || problem?.message}
      {said && <span className="c-block c-soft c-small">{problem?.message}</span>}
    </span>
  );
};
