import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RevealForm, SHOWN_MS } from '../parts/RevealForm.tsx';
import { RightButton } from '../parts/RightButton.tsx';
import { type Hidden, revealAt } from './households.ts';
import { useReasons } from './useReasons.ts';

/** A masked value with the way to see it in full for a minute: for a reason, which is written down. */
export const Masked = ({ of, masked, field }: { of: Hidden; masked: string; field: string }) => {
  const { t } = useTranslation();
  const reasons = useReasons();
  const [asked, setAsked] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <span className="c-person">
      <span className={shown ? 'c-shown' : undefined}>{shown ?? masked}</span>
      {shown === null && (
        <RightButton right="customer:reveal" aria-label={t('reveal.title', { field })} onClick={() => setAsked(true)}>
          {t('reveal.act')}
        </RightButton>
      )}
      <RevealForm
        field={asked ? field : null}
        reasons={reasons}
        onClose={() => setAsked(false)}
        onReveal={async (why) => setShown(await revealAt(of, why))}
      />
    </span>
  );
};
