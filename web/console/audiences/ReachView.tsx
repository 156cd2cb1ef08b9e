import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Reach } from '#audience/contract';
import { Empty, Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useNames } from '../words.ts';
import { useAnswer } from './useAnswer.ts';

/** How many may be met through each touchpoint, and how many consent and do-not-disturb took off. */
export const ReachView = ({ body }: { body: string }) => {
  const { t } = useTranslation();
  const names = useNames();
  const reach = useAnswer<z.infer<typeof Reach>>('/api/audiences/reach', body);
  if (!reach.data) return reach.error ? <Refused error={reach.error} onAgain={reach.again} /> : <Loading lines={4} />;
  const { count, doNotDisturb, touchpoints } = reach.data;
  if (touchpoints.length === 0)
    return (
      <Empty title={t('audience.noTouchpoints')} icon="phone">
        <p>{t('audience.noTouchpointsNext')}</p>
      </Empty>
    );
  return (
    <div className={reach.late ? 'c-stale' : undefined}>
      <p className="c-note">{t('audience.disturbTook', { count: integer(doNotDisturb), all: integer(count) })}</p>
      <table className="c-counts c-aud-reach">
        <caption className="g-hidden">{t('audience.view.reach')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('audience.touchpoint')}</th>
            <th scope="col" className="c-num">
              {t('audience.reachable')}
            </th>
            <th scope="col" className="c-num">
              {t('audience.refusedConsent')}
            </th>
            <th scope="col" className="c-num">
              {t('audience.unknownConsent')}
            </th>
          </tr>
        </thead>
        <tbody>
          {touchpoints.map((point) => (
            <tr key={point.tag}>
              <th scope="row">
                {names.of(point.names) || point.tag}
                <span className="c-aud-left-room" aria-hidden="true">
                  <span className="c-aud-left-in" style={{ inlineSize: `${count > 0 ? (point.left / count) * 100 : 0}%` }} />
                </span>
              </th>
              <td className="c-num">
                <strong>{integer(point.left)}</strong>
              </td>
              <td className="c-num">{integer(point.refused)}</td>
              <td className="c-num">{integer(point.unknown)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
