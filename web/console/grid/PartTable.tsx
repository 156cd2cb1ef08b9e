import { useTranslation } from 'react-i18next';
import type { PlaceMap } from '#place/contract';
import { useNames } from '../words.ts';
import { PlaceRows } from './PlaceRows.tsx';
import { byNeed, type Part } from './parts.ts';

interface Props {
  map: PlaceMap;
  figure: string;
  parts: readonly Part[];
  onOpen: (area: string) => void;
}

/** A large map by its districts or grids, the one that needs most attention first; each opens its own map. */
export const PartTable = ({ map, figure, parts, onOpen }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const told = map.figures.find((f) => f.id === figure);
  const rows = byNeed(parts, told?.good).map(({ area, share, part, whole, estates }) => ({
    id: area,
    name: names.area(area),
    share,
    part: share === null ? null : part,
    whole,
    count: estates.length,
  }));
  return (
    <PlaceRows caption={t('grid.parts')} columns={[t('grid.part'), names.of(told?.names), t('grid.estates')]} rows={rows} onOpen={onOpen} />
  );
};
