import { Button, Input, Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalled } from './DuplicateSigns.tsx';
import type { Act, Detail } from './duplicates.ts';

/** Why it is decided so; each is written down with who and when. */
const REASONS: Record<Act, readonly string[]> = {
  merge: ['papers', 'customer', 'records'],
  different: ['family', 'namesake', 'customer'],
  undo: ['mistake', 'customer'],
  reopen: ['mistake', 'again'],
};

interface Props {
  act: Act;
  one: Detail;
  busy: boolean;
  onDecide: (said: { reason: string; survivor?: string }) => void;
}

/** Who stays, and why: as the rules say unless somebody chooses. */
export const DecisionForm = ({ act, one, busy, onDecide }: Props) => {
  const { t } = useTranslation();
  const called = useCalled();
  const id = useId();
  const [survivor, setSurvivor] = useState(one.would?.survivor);
  const [reason, setReason] = useState(REASONS[act][0] as string);
  const [more, setMore] = useState('');
  const said = [t(`duplicate.reason.${reason}`), more.trim()].filter(Boolean).join(t('duplicate.colon'));
  return (
    <form
      className="c-ret-form"
      aria-label={t(`duplicate.act.${act}`)}
      onSubmit={(event) => {
        event.preventDefault();
        onDecide({ reason: said, ...(act === 'merge' && survivor && survivor !== one.would?.survivor && { survivor }) });
      }}
    >
      {act === 'merge' && one.kind === 'party' && (
        <Radio.Group
          aria-label={t('duplicate.whoStays')}
          value={survivor}
          options={[one.a, one.b].map((side) => ({
            value: side.id,
            label: t('duplicate.keep', { name: called(side), source: side.source }),
          }))}
          onChange={(event) => setSurvivor(event.target.value as string)}
        />
      )}
      {act === 'undo' && one.builtOn.length > 0 && <p>{t('duplicate.undoAll', { count: one.builtOn.length })}</p>}
      <label htmlFor={`${id}reason`}>{t('reveal.reason')}</label>
      <Select
        id={`${id}reason`}
        autoFocus
        value={reason}
        options={REASONS[act].map((each) => ({ value: each, label: t(`duplicate.reason.${each}`) }))}
        onChange={setReason}
      />
      <Input
        value={more}
        maxLength={100}
        aria-label={t('reveal.more')}
        placeholder={t('reveal.more')}
        onChange={(event) => setMore(event.target.value)}
      />
      <Button type="primary" htmlType="submit" loading={busy}>
        {t(`duplicate.act.${act}`)}
      </Button>
    </form>
  );
};
