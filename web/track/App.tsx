import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../kit/faces.tsx';
import { offset } from '../kit/format.ts';
import { useNow } from '../kit/hooks.ts';
import { Icon } from '../kit/icons.tsx';
import { LanguageSwitch } from '../kit/LanguageSwitch.tsx';
import { isElsewhere, zone } from '../kit/zone.ts';
import type { Way } from './ask.ts';
import { Hotline } from './Hotline.tsx';
import { LookupPage } from './LookupPage.tsx';
import { OrdersPage } from './OrdersPage.tsx';
import { type Arrival, useTracking } from './useTracking.ts';

const ZoneNote = () => {
  const { t } = useTranslation();
  const now = useNow();
  if (!isElsewhere(now)) return null;
  return <p className="t-zone">{t('zone', { offset: offset(now, zone()) })}</p>;
};

/** The customer's page: a form, and behind it the orders. No account, nothing kept. */
export const App = ({ arrival }: { arrival: Arrival | null }) => {
  const { t } = useTranslation();
  const { view, ask, again, leave } = useTracking(arrival);
  const [way, setWay] = useState<Way>('number');
  const title = t('title');
  useEffect(() => {
    document.title = title;
  }, [title]);

  const goBack = () => {
    if (history.state?.found) return history.back();
    leave();
  };
  return (
    <div className="t-shell">
      <header className="t-head">
        {view.at === 'orders' ? (
          <button type="button" className="g-button g-button-quiet t-back" onClick={goBack}>
            <Icon name="back" />
            {t('orders.another')}
          </button>
        ) : (
          <span className="t-brand">{t('title')}</span>
        )}
        <LanguageSwitch />
      </header>
      <main>
        {view.at === 'form' && <LookupPage view={view} way={way} onWay={setWay} onAsk={ask} />}
        {view.at === 'loading' && (
          <div className="t-card t-loading">
            <Loading lines={6} />
          </div>
        )}
        {view.at === 'orders' && (
          <OrdersPage
            orders={view.orders}
            ticket={view.ticket}
            onAgain={again}
            onPerson={() => {
              setWay('person');
              goBack();
            }}
          />
        )}
      </main>
      <footer className="t-foot">
        <Hotline quiet />
        <ZoneNote />
      </footer>
    </div>
  );
};
