import { useTranslation } from 'react-i18next';
import type { TagView } from '#tag/contract';
import { useWhere } from '../../kit/hooks.ts';
import { Explained } from '../parts/Explained.tsx';
import { signed, signedShare } from './days.ts';
import { amountBy, dateWords } from './values.ts';

/** 较昨日: how far the figure that moved most is from the last closed day. */
export const MovementSign = ({ tag: { movement, scale, names } }: { tag: Pick<TagView, 'movement' | 'scale' | 'names'> }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  if (movement === null) return <span className="c-faint">–</span>;
  const { by, share, measure, since } = movement;
  if (by === 0) return <span className="c-faint">0</span>;
  return (
    <span className="c-tags-moved" title={t('tagDay.against', { day: dateWords(since, lang) })}>
      {measure === 'mean' ? amountBy(by, names, Math.max(scale, 1), lang) : signed(by)}
      {share !== null && <span className="c-soft"> ({signedShare(share)})</span>}{' '}
      <span className="c-faint c-small">{t(`tagDay.short.${measure}`)}</span>
    </span>
  );
};

export const MovementHead = () => {
  const { t } = useTranslation();
  return (
    <>
      {t('tagDay.since')} <Explained name={t('tagDay.since')} text={t('tagDay.sinceWhat')} />
    </>
  );
};
