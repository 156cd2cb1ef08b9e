import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { ModelTable } from './ModelTable.tsx';
import { useModels } from './models.ts';

const NewModelDialog = lazy(() => import('./NewModelDialog.tsx').then((m) => ({ default: m.NewModelDialog })));

/** Every model: where it stands, how good it is, how it is doing. */
export const ModelsPage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const models = useModels();
  const add = (
    <RightButton right="model:train" type="primary" onClick={() => setAdding(true)}>
      {t('model.add')}
    </RightButton>
  );
  return (
    <>
      <PageHead title={t('model.title')} at={models.data?.at ?? null} below={<span className="c-soft c-small">{t('model.what')}</span>}>
        {models.data?.items.length !== 0 && add}
      </PageHead>
      {models.isPending && <Loading lines={8} />}
      {models.error && !models.data && <Refused error={models.error} onAgain={() => void models.refetch()} />}
      {models.data?.items.length === 0 && (
        <Empty title={t('model.none')}>
          <p>{t('model.noneNext')}</p>
          {add}
        </Empty>
      )}
      {models.data && models.data.items.length > 0 && <ModelTable items={models.data.items} />}
      {adding && (
        <Suspense>
          <NewModelDialog
            onClose={() => setAdding(false)}
            onDone={({ id }) => {
              setAdding(false);
              void navigate({ to: '/models/$id', params: { id } });
            }}
          />
        </Suspense>
      )}
    </>
  );
};
