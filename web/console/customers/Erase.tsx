import { Drawer } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Erasure, ErasureAsk, ErasureTrial } from '#tracking/contract';
import { RightButton } from '../parts/RightButton.tsx';
import { EraseForm } from './EraseForm.tsx';
import { EraseOutcome } from './EraseOutcome.tsx';
import { EraseWeighed } from './EraseWeighed.tsx';
import { useLookAgain } from './erased.ts';
import { type Filled, type Him, NOTHING_FILLED } from './erasing.ts';
import { shortId } from './facts.ts';

type Step = { is: 'asking' } | { is: 'weighed'; asked: ErasureAsk; trial: ErasureTrial } | { is: 'begun'; erasure: Erasure };

interface Props {
  /** The customer whose page it is. */
  him?: Him;
  /** He is erased already: there is nothing left to press. */
  isErased?: boolean;
}

/** The button by which a person is erased, and the steps behind it: who and why, what would go, typed and confirmed, what came of it. */
export const Erase = ({ him, isErased = false }: Props) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const begun = useRef(false);
  const lookAgain = useLookAgain();
  const close = () => setOpen(false);
  const title = him ? t('erasing.actWho', { id: shortId(him.id) }) : t('erasing.act');
  if (isErased && !open) return null;
  return (
    <>
      <RightButton right="person:erase" danger aria-label={title} onClick={() => setOpen(true)}>
        {t('erasing.act')}
      </RightButton>
      <Drawer
        open={open}
        onClose={close}
        afterOpenChange={(isOpen) => {
          if (isOpen || !begun.current) return;
          begun.current = false;
          lookAgain();
        }}
        size="min(36rem, 100vw)"
        title={title}
        destroyOnHidden
      >
        <Steps
          him={him}
          onClose={close}
          onBegun={() => {
            begun.current = true;
          }}
        />
      </Drawer>
    </>
  );
};

const Steps = ({ him, onClose, onBegun }: { him: Him | undefined; onClose: () => void; onBegun: () => void }) => {
  const [filled, setFilled] = useState<Filled>(NOTHING_FILLED);
  const [step, setStep] = useState<Step>({ is: 'asking' });
  if (step.is === 'asking')
    return (
      <EraseForm him={him} filled={filled} onFilled={setFilled} onWeighed={(asked, trial) => setStep({ is: 'weighed', asked, trial })} />
    );
  if (step.is === 'weighed')
    return (
      <EraseWeighed
        him={him}
        asked={step.asked}
        counts={step.trial.counts}
        onBack={() => setStep({ is: 'asking' })}
        onBegun={(erasure) => {
          onBegun();
          setStep({ is: 'begun', erasure });
        }}
      />
    );
  return <EraseOutcome begun={step.erasure} onClose={onClose} />;
};
