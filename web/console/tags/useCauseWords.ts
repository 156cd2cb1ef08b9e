import { useTranslation } from 'react-i18next';
import type { TagCause, TagDay, TagView } from '#tag/contract';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { nameIn } from '../words.ts';
import { ADDED, partOf, signed } from './days.ts';
import { useSourceName } from './useSourceName.ts';
import { amountBy, dateWords } from './values.ts';

/** Why a tag's figures are other than the day before, as people say it. */
export const useCauseWords = ({ kind, scale, names }: Pick<TagView, 'kind' | 'scale' | 'names'>) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const sourceName = useSourceName();
  const added = ADDED[kind];
  const by = (cause: Pick<TagCause, 'by'>) =>
    added === 'sum' ? amountBy(partOf(cause.by, added), names, scale, lang) : signed(partOf(cause.by, added));
  const cause = (one: TagCause): string => {
    switch (one.kind) {
      case 'moved':
        return t('tagDay.cause.moved', {
          source: sourceName(one.batches.source),
          batches: integer(one.batches.count),
          customers: integer(one.batches.customers),
          by: by(one),
        });
      case 'edited':
        return t('tagDay.cause.edited', { said: nameIn(one.said, lang) || one.said.zh, by: by(one) });
      case 'unattributed':
        return t('tagDay.cause.unattributed', { by: by(one) });
      default:
        return t(`tagDay.cause.${one.kind}`, { people: integer(one.people), by: by(one) });
    }
  };
  const causes = (day: TagDay): string =>
    day.causes.length === 0 ? t(day.change === null ? 'tagDay.noBefore' : 'tagDay.noCause') : day.causes.map(cause).join(t('tagDay.and'));
  return {
    by,
    causes,
    late: (since: string) => t('tagDay.late', { day: dateWords(since, lang) }),
    /** Today against the last closed day. */
    sentence(day: TagDay): string {
      if (day.change === null || day.since === null) return t('tagDay.noBefore');
      const head = t('tagDay.head', { day: dateWords(day.since, lang), what: t(`tagDay.measure.${added}`), by: by({ by: day.change }) });
      return t('tagDay.sentence', { head, causes: causes(day) });
    },
  };
};
