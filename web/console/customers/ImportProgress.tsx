import { Progress, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportView } from '#customer/contract';
import { stepOf } from './imports.ts';

/** What is being done with a file under way: its step in words, and a bar where it can be said how far that is. */
export const ImportProgress = ({ one }: { one: ImportView }) => {
  const { t } = useTranslation();
  const { step, percent } = stepOf(one);
  return (
    <>
      {percent !== null && <Progress percent={percent} size="small" aria-label={t('customerFile.progress', { source: one.source })} />}
      <p className="c-soft">
        {percent === null && (
          <>
            <Spin size="small" />{' '}
          </>
        )}
        {t(`customerFile.step.${step}`)}
      </p>
    </>
  );
};
