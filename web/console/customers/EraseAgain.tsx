import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Erasure } from '#tracking/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { useEraseAgain } from './erasing.ts';

/** An erasure that failed is tried again where it is seen. */
export const EraseAgain = ({ one, onAgain }: { one: Erasure; onAgain?: () => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const again = useEraseAgain();
  return (
    <>
      <RightButton right="person:erase" loading={again.isPending} onClick={() => again.mutate(one.id, { onSuccess: () => onAgain?.() })}>
        {t('erasing.again')}
      </RightButton>
      {again.error && <Alert type="error" showIcon title={trouble(again.error)} />}
    </>
  );
};
