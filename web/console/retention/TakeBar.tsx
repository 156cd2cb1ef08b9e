import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { AssignBox } from './AssignBox.tsx';
import { actOn } from './cases.ts';

interface Props {
  ids: readonly string[];
  onDone: () => void;
  onClear: () => void;
}

/** What can be done with all chosen cases: taken by the reader, or given to one of the desk. Each on its own, so that one refusal stops none of the others. */
export const TakeBar = ({ ids, onDone, onClear }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const [busy, setBusy] = useState(false);
  if (ids.length === 0) return null;
  const take = async () => {
    setBusy(true);
    const answers = await Promise.allSettled(ids.map((id) => actOn(id, { act: 'take' })));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    setBusy(false);
    const taken = ids.length - refused.length;
    if (refused.length === 0) void message.success(t('retention.tookAll', { count: taken }));
    else void message.warning(t('retention.tookSome', { count: taken, refused: refused.length, why: trouble(refused[0]?.reason) }), 8);
    onDone();
  };
  return (
    <section className="c-batch" aria-label={t('orders.batch')}>
      <span>{t('orders.chosen', { count: ids.length })}</span>
      <RightButton right="retention:work" type="primary" loading={busy} onClick={() => void take()}>
        {t('retention.take')}
      </RightButton>
      <AssignBox ids={ids} onDone={onDone} />
      <Button type="text" onClick={onClear}>
        {t('orders.clear')}
      </Button>
    </section>
  );
};
