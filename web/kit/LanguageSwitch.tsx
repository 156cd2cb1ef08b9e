import { useTranslation } from 'react-i18next';
import { langOf, speak } from './i18n/index.ts';

/** One press to the other language; each is named in itself. */
export const LanguageSwitch = () => {
  const { i18n } = useTranslation();
  const other = langOf(i18n.language) === 'en-US' ? 'zh-CN' : 'en-US';
  return (
    <button type="button" className="g-button g-button-quiet" lang={other} onClick={() => void speak(other)}>
      {other === 'zh-CN' ? '中文' : 'English'}
    </button>
  );
};
