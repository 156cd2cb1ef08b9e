import { useTranslation } from 'react-i18next';

/** Why there is not more to see, and how to see it. */
export const Brief = ({ onPerson }: { onPerson(): void }) => {
  const { t } = useTranslation();
  return (
    <section className="t-card t-brief" aria-labelledby="brief-title">
      <h3 id="brief-title">{t('brief.title')}</h3>
      <p className="t-quiet">{t('brief.text')}</p>
      <button type="button" className="g-button" onClick={onPerson}>
        {t('brief.go')}
      </button>
    </section>
  );
};
