import { useTranslation } from 'react-i18next';
import { Empty } from '../../kit/faces.tsx';
import { useAddress } from '../address.ts';
import { Explained } from '../parts/Explained.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TabLine } from '../parts/TabLine.tsx';
import { may, useMe } from '../session.ts';
import { useWords } from '../words.ts';
import { gridAsked } from './choosing.ts';
import { HomesView } from './HomesView.tsx';
import { PlacesView } from './PlacesView.tsx';
import { useHomes, usePlaceMap } from './places.ts';

/** A grid manager's day: whom to visit, and the map of his grid. Who visits nobody sees the map alone. */
export const GridPage = () => {
  const { t } = useTranslation();
  const me = useMe().data;
  const [address, change] = useAddress();
  const { areas } = useWords();
  const isOpen = may(me, 'place:see');
  const tabs = may(me, 'place:visit') ? ['today', 'map'] : ['map'];
  const tab = tabs.find((each) => each === address.tab) ?? tabs[0]!;
  const map = usePlaceMap(address.area, isOpen && tab === 'map').data;
  const homes = useHomes(isOpen && tab === 'today' ? gridAsked(areas, address.area) : undefined).data;
  const at = tab === 'map' ? (map?.peopleAt ?? map?.placesAt) : (homes?.peopleAt ?? homes?.madeAt);
  const head = <PageHead title={t('grid.title')} at={at} below={<Explained name={t('grid.title')} text={t('grid.what')} />} />;
  if (!isOpen)
    return (
      <>
        {head}
        <Empty title={t('because.auth.forbidden')} icon="lock">
          <p>{t('grid.askForRight')}</p>
        </Empty>
      </>
    );
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
