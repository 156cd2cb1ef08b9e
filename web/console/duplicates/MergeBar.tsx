import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { mergeMany } from './duplicates.ts';

/** Merges all chosen pairs, which are certain. Each on its own, so that one refusal stops none of the others. */
export const MergeBar = ({ ids, onDone, onClear }: { ids: readonly string[]; onDone: () => void; onClear: () => void }) => {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const trouble = useTrouble();
  const [busy, setBusy] = useState(false);
  if (ids.length === 0) return null;
  const merge = async () => {
    setBusy(true);
    try {
      const { merged, refused } = await mergeMany(ids, t('duplicate.reason.batch'));
      if (refused.length === 0) void message.success(t('duplicate.mergedAll', { count: merged }));
      else void message.warning(t('duplicate.mergedSome', { count: merged, refused: refused.length, why: refused[0]?.message ?? '' }), 8);
      onDone();
    } catch (e) {
      void message.error(trouble(e), 8);
    } finally {
      setBusy(false);
    }
  };
  const ask = () =>
    modal.confirm({
      title: t('duplicate.mergeAsk', { count: ids.length }),
      content: t('duplicate.mergeAskWhat'),
      okText: t('duplicate.act.merge'),
      onOk: merge,
    });
  return (
    <section className="c-batch" aria-label={t('orders.batch')}>
      <span>{t('duplicate.chosen', { count: ids.length })}</span>
      <Button type="primary" loading={busy} onClick={() => void ask()}>
        {t('duplicate.act.merge')}
      </Button>
      <Button type="text" onClick={onClear}>
        {t('orders.clear')}
      </Button>
    </section>
  );
};
