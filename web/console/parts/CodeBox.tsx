import CopyOutlined from '@ant-design/icons/CopyOutlined';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** A text to be taken along. */
export const CodeBox = ({ text, label }: { text: string; label: string }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    void message.success(t('part.copied'));
  };
  return (
    <div className="c-code-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reached by keyboard */}
      <section className="c-raw" tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
      <Button
        size="small"
        icon={<CopyOutlined />}
        aria-label={`${t('part.copy')} ${label}`}
        title={t('part.copy')}
        onClick={() => void copy()}
      />
    </div>
  );
};
