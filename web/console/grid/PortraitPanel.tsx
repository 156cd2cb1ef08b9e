import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PlacePortrait } from '#place/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { Card } from '../parts/Card.tsx';
import { DataTime } from '../parts/DataTime.tsx';
import { Explained } from '../parts/Explained.tsx';
import { useNames } from '../words.ts';
import { AudienceButton } from './AudienceButton.tsx';
import { BuildingList } from './BuildingList.tsx';
import { FigureLines } from './FigureLines.tsx';
import { GoneNote } from './GoneNote.tsx';
import { usePortrait } from './places.ts';
import { SpreadBars } from './SpreadBars.tsx';

/** Who lives in an estate or a building: how many, on what, wanting what, leaving or not; then its buildings. */
export const PortraitPanel = ({ id, onOpen }: { id: string; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const found = usePortrait(id);
  if (found.isPending) return <Loading lines={12} />;
  if (!found.data) return <Refused error={found.error} onAgain={() => void found.refetch()} />;
  const place = found.data;
  return (
    <div className="c-grid-portrait">
      {place.gone && <GoneNote gone={place.gone} onOpen={onOpen} />}
      <Head place={place} onOpen={onOpen} />
      <FigureLines title={t('grid.now')} figures={place.figures} />
      <FigureLines title={t('grid.needs')} figures={place.needs} />
      <FigureLines title={t('grid.risks')} figures={place.risks}>
        {place.cases && (
          <p className="c-grid-cases">
            <Explained name={t('grid.cases')} text={t('grid.casesWhat')} />
            {t('grid.caseCounts', place.cases)}
            {place.cases.open > 0 && <Link to="/retention">{t('grid.toCases')}</Link>}
          </p>
        )}
      </FigureLines>
      <Card title={t('grid.people')}>
        {place.spreads === null ? (
          <p className="c-soft">{t('grid.tooFew', { least: place.least })}</p>
        ) : (
          place.spreads.map((spread) => <SpreadBars key={spread.tag} spread={spread} />)
        )}
      </Card>
      {place.kind === 'estate' && <BuildingList buildings={place.buildings} onOpen={onOpen} />}
    </div>
  );
};

const Head = ({ place, onOpen }: { place: PlacePortrait; onOpen: (id: string) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const { people, ports, estate } = place;
  const title = estate ? `${names.of(estate.names)} ${names.of(place.names)}` : names.of(place.names);
  return (
    <Card title={title} extra={<AudienceButton name={title} where={place.where} />}>
      {estate && (
        <button type="button" className="c-link c-grid-back" onClick={() => onOpen(estate.id)}>
          {t('grid.backTo', { estate: names.of(estate.names) })}
        </button>
      )}
      <dl className="c-sums">
        <div>
          <dt>{t('grid.households')}</dt>
          <dd>{place.households === null ? t('grid.unknown') : integer(place.households)}</dd>
        </div>
        <div>
          <dt>
            {t('grid.known')}
            <Explained name={t('grid.known')} text={t('grid.knownWhat')} />
          </dt>
          <dd>{people === null ? t('grid.unknown') : integer(people.known)}</dd>
        </div>
        <div>
          <dt>
            {t('grid.freePorts')}
            <Explained name={t('grid.freePorts')} text={t('grid.freePortsWhat')} />
          </dt>
          <dd>{ports === null ? t('grid.unknown') : t('grid.partOf', { part: integer(ports.free), whole: integer(ports.total) })}</dd>
        </div>
      </dl>
      {people !== null && (
        <p className="c-soft c-small">
          {t('grid.ownAndOthers', { own: integer(people.own), offNet: integer(people.offNet), unknown: integer(people.unknown) })}
        </p>
      )}
      <p className="c-grid-times">
        {place.peopleAt && (
          <span>
            {t('grid.peopleAt')} <DataTime at={place.peopleAt} />
          </span>
        )}
        <span>
          {t('grid.placesAt')} <DataTime at={place.placesAt} />
        </span>
      </p>
    </Card>
  );
};
