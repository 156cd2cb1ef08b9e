import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { Icon } from '../kit/icons.tsx';
import { Moment } from '../kit/TimeAgo.tsx';
import { copy } from './copy.ts';
import { newestFirst } from './reading.ts';

/** The carrier's own steps, newest first, and the number to ask the carrier with. */
export const Parcel = ({ parcel }: { parcel: NonNullable<TrackedOrder['parcel']> }) => {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const onCopy = async () => setCopied(await copy(parcel.number));
  return (
    <section className="t-card" aria-labelledby="parcel-title">
      <h3 id="parcel-title">{t('parcel.title')}</h3>
      <p className="t-parcel-number">
        <span className="t-parcel-text">
          {t('parcel.number')} <strong>{parcel.number}</strong>
        </span>
        <button type="button" className="g-button g-button-quiet" aria-label={t('parcel.copy')} onClick={onCopy}>
          <Icon name={copied ? 'check' : 'copy'} />
          <span role="status">{copied ? t('parcel.copied') : ''}</span>
        </button>
      </p>
      {parcel.steps.length === 0 && <p className="t-quiet">{t('parcel.none')}</p>}
      <ol className="t-lines">
        {newestFirst(parcel.steps).map((step) => (
          <li key={`${step.at} ${step.text}`}>
            <p>{step.place ? `${step.text} · ${step.place}` : step.text}</p>
            <p className="t-lines-time">
              <Moment at={step.at} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
};
