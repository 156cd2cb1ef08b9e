import DisconnectOutlined from '@ant-design/icons/DisconnectOutlined';
import { Link } from '@tanstack/react-router';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { useNames, useWords } from '../words.ts';
import { actionOf } from './JourneyActs.tsx';
import { LinkForm } from './LinkForm.tsx';

/** Every number of this journey, and the journeys it has to do with. A wrong link is cut here. */
export const ObjectList = ({ journey, onDone }: { journey: JourneyDetail; onDone: () => void }) => {
  const { t } = useTranslation();
  const names = useNames();
  const words = useWords();
  const [cutting, setCutting] = useState<{ kind: string; value: string } | undefined>();
  const cut = actionOf(journey.actions, 'cut');
  const isCuttable = (kind: string, value: string) => {
    const role = words.kinds.find((k) => k.id === kind)?.role ?? 'part';
    return (role === 'part' || role === 'root2') && value !== journey.root.value;
  };
  const links = [
    ['related', journey.related],
    ['alsoIn', journey.alsoIn ?? []],
  ] as const;
  return (
    <>
      <dl className="c-facts">
        {Object.entries(journey.keys).map(([kind, values]) => (
          <div key={kind}>
            <dt>{names.kind(kind)}</dt>
            <dd>
              {values.map((value) => (
                <span key={value} className="c-object">
                  <span className="c-code">{value}</span>
                  {isCuttable(kind, value) && (
                    <Tooltip title={cut.allowed ? t('link.cut') : t(`because.${cut.because}`, { defaultValue: cut.because ?? '' })}>
                      <Button
                        type="text"
                        size="small"
                        icon={<DisconnectOutlined />}
                        aria-label={`${t('link.cut')} ${value}`}
                        aria-disabled={!cut.allowed}
                        onClick={() => cut.allowed && setCutting({ kind, value })}
                      />
                    </Tooltip>
                  )}
                </span>
              ))}
            </dd>
          </div>
        ))}
        {links.map(
          ([name, ids]) =>
            ids.length > 0 && (
              <div key={name}>
                <dt>{t(`journey.${name}`)}</dt>
                <dd>
                  {ids.map((id) => (
                    <Link key={id} to="/journeys/$id" params={{ id }} className="c-block c-code">
                      {id}
                    </Link>
                  ))}
                </dd>
              </div>
            ),
        )}
      </dl>
      <LinkForm
        journey={journey}
        how="cut"
        object={cutting}
        open={cutting !== undefined}
        onClose={() => setCutting(undefined)}
        onDone={onDone}
      />
    </>
  );
};
