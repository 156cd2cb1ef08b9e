import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Audience } from '#audience/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { archive, restore, useAct } from './audiences.ts';

const SHOWN_SECONDS = 8;

/** Puts an audience away, and says so with the way back. */
export function useArchive(onDone: () => void): (audience: Pick<Audience, 'id' | 'name'>) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const back = useAct(restore, () => message.destroy('archived'));
  const away = useAct(archive, onDone);
  const onError = (error: unknown) => void message.error(trouble(error));
  return ({ id, name }) =>
    away.mutate(id, {
      onError,
      onSuccess: () =>
        void message.success({
          key: 'archived',
          duration: SHOWN_SECONDS,
          content: (
            <>
              {t('audience.didArchive', { name })}{' '}
              <Button size="small" onClick={() => back.mutate(id, { onError })}>
                {t('audience.undo')}
              </Button>
            </>
          ),
        }),
    });
}
