import { useTranslation } from 'react-i18next';
import type { ErasureCounts } from '#tracking/contract';
import { integer } from '../../kit/format.ts';
import { goesOf, staysOf, type Weight } from './erasing.ts';

/** What goes or is gone, and apart from it what stays because it is another's too, or may be. */
export const EraseCounts = ({ counts, tense }: { counts: ErasureCounts; tense: 'goes' | 'gone' }) => {
  const { t } = useTranslation();
  const stays = staysOf(counts);
  return (
    <>
      <Weights title={t(`erasing.${tense}`)} weights={goesOf(counts)} />
      {stays.length > 0 ? (
        <Weights title={t(tense === 'goes' ? 'erasing.stays' : 'erasing.stayed')} weights={stays} />
      ) : (
        <p className="c-soft">{t('erasing.noneKept')}</p>
      )}
    </>
  );
};

const Weights = ({ title, weights }: { title: string; weights: readonly Weight[] }) => {
  const { t } = useTranslation();
  return (
    <section className="c-erase-counts" aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {weights.map(({ what, count }) => (
          <div key={what}>
            <dt>{t(`erasing.unit.${what}`)}</dt>
            <dd>{count === 0 ? t('erasing.none') : t(`erasing.count.${what}`, { n: integer(count) })}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
