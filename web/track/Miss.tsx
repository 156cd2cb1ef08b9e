import { useTranslation } from 'react-i18next';
import { Icon } from '../kit/icons.tsx';
import { Hotline } from './Hotline.tsx';

/** Nothing found, and what to do. It tells a wrong half of a pair and an unknown number apart by nothing, as the server does. */
export const Miss = ({ kind }: { kind: 'number' | 'person' | 'ticket' }) => {
  const { t } = useTranslation();
  const advice =
    kind === 'ticket'
      ? [t('miss.ticketOver'), t('miss.ticketOther')]
      : [t(kind === 'number' ? 'miss.numberCheck' : 'miss.pairCheck'), t('miss.fresh'), t('miss.old'), t('miss.other')];
  return (
    <div className="t-miss" role="alert">
      <p className="t-miss-title">
        <Icon name="search" />
        {t(kind === 'ticket' ? 'miss.titleTicket' : 'miss.title')}
      </p>
      <ul>
        {advice.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Hotline />
    </div>
  );
};
