import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Erasure, ErasureAsk, ErasureCounts } from '#tracking/contract';
import { useTrouble } from '../../kit/faces.tsx';
import { useNow } from '../../kit/hooks.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { EraseCounts } from './EraseCounts.tsx';
import { type Him, isProven, proofOf, staysOf, useErase, verdictOf } from './erasing.ts';
import { shortId } from './facts.ts';

interface Props {
  him: Him | undefined;
  asked: ErasureAsk;
  counts: ErasureCounts;
  onBack: () => void;
  onBegun: (erasure: Erasure) => void;
}

/** What would go and what would stay; it goes once the end of what names him was typed. */
export const EraseWeighed = ({ him, asked, counts, onBack, onBegun }: Props) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const id = useId();
  const now = useNow();
  const [seenAt] = useState(now);
  const [typed, setTyped] = useState('');
  const erase = useErase();
  const { of, end } = proofOf(asked);
  const isReady = isProven(typed, end);
  const verdict = verdictOf(counts, Boolean(asked.idNumber ?? him?.idNumber));
  const isPointless = verdict === 'shared' || verdict === 'nothing';
  return (
    <form
      className="c-dup-form c-erase"
      aria-label={t('erasing.confirm')}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isPointless) erase.mutate(asked, { onSuccess: onBegun });
      }}
    >
      <p className="c-soft">
        {t('erasing.at')} <Moment at={seenAt} />
      </p>
      {verdict !== 'goes' && <Alert type="info" showIcon title={t(`erasing.verdict.${verdict}`)} />}
      {(verdict === 'goes' || staysOf(counts).length > 0) && <EraseCounts counts={counts} tense="goes" />}
      <p className="c-soft">
        {t('reveal.reason')}: {asked.reason}
      </p>
      {!isPointless && (
        <>
          <Alert type="warning" showIcon title={t('erasing.final')} />
          <label htmlFor={`${id}proof`}>{t(`erasing.proof.${of}`, { id: shortId(asked.customer ?? '') })}</label>
          <Input
            id={`${id}proof`}
            autoFocus
            value={typed}
            maxLength={8}
            onChange={(event) => setTyped(event.target.value)}
            aria-describedby={`${id}why`}
          />
          {!isReady && (
            <p id={`${id}why`} className="c-soft c-small">
              {t('erasing.proofWhy')}
            </p>
          )}
        </>
      )}
      {erase.error && <Alert type="error" showIcon title={trouble(erase.error)} />}
      <div className="c-form-row">
        {!isPointless && (
          <Button type="primary" danger htmlType="submit" disabled={!isReady} loading={erase.isPending}>
            {t('erasing.confirm')}
          </Button>
        )}
        <Button onClick={onBack} disabled={erase.isPending}>
          {t('erasing.back')}
        </Button>
      </div>
    </form>
  );
};
