import { useTranslation } from 'react-i18next';
import { Empty } from '../../kit/faces.tsx';
import { useAddress } from '../address.ts';
import { Explained } from '../parts/Explained.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { may, useMe } from '../session.ts';
import { HomesView } from './HomesView.tsx';
import { PlacesView } from './PlacesView.tsx';

/** A grid manager's day: whom to visit, and the map of his grid. Who visits nobody sees the map alone. */
export const GridPage = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const [address, change] = useAddress();
  const head = <PageHead title={t('grid.title')} below={<Explained name={t('grid.title')} text={t('grid.what')} />} />;
  if (!may(me, 'place:see'))
    return (
      <>
        {head}
        <Empty title={t('because.auth.forbidden')} icon="lock">
          <p>{t('grid.askForRight')}</p>
        </Empty>
      </>
    );
  const tabs = may(me, 'place:visit') ? ['today', 'map'] : ['map'];
  const tab = tabs.find((each) => each === address.tab) ?? tabs[0]!;
  return (
    <>
      {head}
      {tabs.length > 1 && (
        <TabLine
          label={t('grid.title')}
          active={tab}
          items={tabs.map((key) => ({ key, label: t(`grid.tab.${key}`) }))}
          onChange={(key) => change({ tab: key, place: undefined, home: undefined })}
        />
      )}
      {tab === 'map' ? <PlacesView /> : <HomesView />}
    </>
  );
};
