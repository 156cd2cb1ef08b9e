import { useTranslation } from 'react-i18next';
import type { TrackedOrder } from '#tracking/contract';
import { Icon } from '../kit/icons.tsx';

/** Who comes: name, staff id, phone, and how to check that it is really they. When all is over, no phone and no hint. */
export const Visitor = ({ visitor, over }: { visitor: NonNullable<TrackedOrder['visitor']>; over: boolean }) => {
  const { t } = useTranslation();
  const { name, id, phone, role } = visitor;
  return (
    <section className="t-card t-visitor" aria-labelledby="visitor-title">
      <h3 id="visitor-title">{t('visitor.title')}</h3>
      <div className="t-visitor-who">
        <span className="t-visitor-face" aria-hidden="true">
          <Icon name="person" />
        </span>
        <p>
          <span className="t-visitor-name">{name}</span>
          <span className="t-visitor-role">
            {role === name ? '' : `${role} · `}
            {t('visitor.id')} {id}
          </span>
        </p>
      </div>
      {phone && !over && (
        <a className="g-button g-button-main" href={`tel:${phone.replace(/[^\d+,;*#]/g, '')}`}>
          <Icon name="phone" />
          {t('visitor.callName', { name })}
        </a>
      )}
      {!phone && !over && <p className="t-quiet">{t('visitor.noPhone')}</p>}
      {!over && (
        <p className="t-safety">
          <Icon name="shield" />
          <span>{t('visitor.check')}</span>
        </p>
      )}
    </section>
  );
};
