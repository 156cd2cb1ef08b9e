import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  text: string;
  isOpen: boolean;
  isBusy: boolean;
  onChange: (text: string) => void;
  onLook: () => void;
}

/** The map as it is written, for who wants more than the form has, or to keep it for the command line. */
export const MapText = ({ text, isOpen, isBusy, onChange, onLook }: Props) => {
  const { t } = useTranslation();
  return (
    <details className="c-map-text" open={isOpen}>
      <summary>{t('import.asText')}</summary>
      <p className="c-soft">
        {t('import.mapWhat')}{' '}
        <a href="/docs/" target="_blank" rel="noreferrer">
          {t('import.mapHelp')}
        </a>
      </p>
      <Input.TextArea
        className="c-code"
        aria-label={t('import.asText')}
        value={text}
        autoSize={{ minRows: 8, maxRows: 24 }}
        spellCheck={false}
        onChange={(e) => onChange(e.target.value)}
      />
      <p className="c-page-acts">
        <Button loading={isBusy} onClick={onLook}>
          {t('import.preview')}
        </Button>
      </p>
    </details>
  );
};
