import { useTranslation } from 'react-i18next';

/** A distance as people say it: 320 m, 1.9 km. */
export const useFar = (): ((metres: number) => string) => {
  const { t } = useTranslation();
  return (metres) =>
    metres < 1_000
      ? t('grid.metres', { count: metres === 0 ? 0 : Math.max(10, Math.round(metres / 10) * 10) })
      : t('grid.kilometres', { count: Math.round(metres / 100) / 10 });
};
