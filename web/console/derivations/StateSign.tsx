import { useTranslation } from 'react-i18next';
import type { DerivationRow } from '#derivation/contract';
import { StateTag } from '../../kit/StateTag.tsx';

const FACES = {
  draft: 'pending',
  waiting: 'waiting',
  mistaken: 'late',
  taken: 'heldBack',
  due: 'active',
  current: 'done',
  retired: 'heldBack',
} as const;

/** How a derivation stands, and what it waits for. */
export const StateSign = ({ row }: { row: Pick<DerivationRow, 'state' | 'missing'> }) => {
  const { t } = useTranslation();
  return (
    <>
      <StateTag state={FACES[row.state]}>{t(`derivation.state.${row.state}`)}</StateTag>
      {row.state === 'waiting' && <span className="c-soft c-block c-code c-small">{row.missing.join(' · ')}</span>}
    </>
  );
};
