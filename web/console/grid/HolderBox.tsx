import { Alert, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '#place/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { may, useMe } from '../session.ts';
import { useGiveHome, useWorkers } from './places.ts';

/** Who is to go: chosen by whoever answers for the grid, read by everybody else. */
export const HolderBox = ({ home, area }: { home: Home; area: string }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const id = useId();
  const gives = may(useMe().data, 'place:assign') && home.visit === null;
  const workers = useWorkers(area, gives);
  const give = useGiveHome(home.id);
  if (!gives) return home.holder === null ? null : <p>{t('grid.givenTo', { name: home.holder.name })}</p>;
  return (
    <div className="c-grid-holder">
      <label htmlFor={id}>{t('grid.whoGoes')}</label>
      <Select
        id={id}
        className="c-wide"
        allowClear
        value={home.holder?.id ?? null}
        placeholder={t('grid.anybody')}
        loading={workers.isPending || give.isPending}
        disabled={give.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        notFoundContent={t('grid.noWorkers')}
        options={(workers.data?.items ?? (home.holder ? [home.holder] : [])).map((w) => ({ value: w.id, label: w.name }))}
        onChange={(to: string | null | undefined) => give.mutate(to ?? null)}
      />
      {(give.error || workers.error) && <Alert type="error" showIcon title={trouble(give.error ?? workers.error)} />}
    </div>
  );
};
