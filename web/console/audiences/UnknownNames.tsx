import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { integer } from '../../kit/format.ts';
import { Scroll } from '../parts/Scroll.tsx';
import type { Made } from './NewListDialog.tsx';

/** What came of a list: how many people are on it, and the names that nobody has, with their places. */
export const UnknownNames = ({ made, sent }: { made: Made; sent: readonly string[] }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(made.unknown.map((at) => sent[at] ?? '').join('\n'));
    void message.success(t('audienceChange.list.copied'));
  };
  return (
    <>
      <p role="status">{t('audienceChange.list.made', { count: integer(made.customers) as never, unknown: integer(made.unknownTotal) })}</p>
      <Scroll label={t('audienceChange.list.unknown')} className="c-aud-unknown">
        <table className="c-counts">
          <caption className="g-hidden">{t('audienceChange.list.unknown')}</caption>
          <thead>
            <tr>
              <th scope="col" className="c-num">
                {t('audienceChange.list.place')}
              </th>
              <th scope="col">{t('audienceChange.list.said')}</th>
            </tr>
          </thead>
          <tbody>
            {made.unknown.map((at) => (
              <tr key={at}>
                <td className="c-num">{integer(at + 1)}</td>
                <td className="c-code">{sent[at]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {made.unknownTotal > made.unknown.length && (
        <p className="c-soft">{t('audienceChange.list.more', { count: integer(made.unknownTotal - made.unknown.length) as never })}</p>
      )}
      <Button size="small" onClick={() => void copy()}>
        {t('audienceChange.list.copy')}
      </Button>
    </>
  );
};
