import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty, useTrouble } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { Moment } from '../../kit/TimeAgo.tsx';
import { useAddress } from '../address.ts';
import { RightButton } from '../parts/RightButton.tsx';
import { Scroll } from '../parts/Scroll.tsx';
import { dateWords } from '../tags/values.ts';
import { VersionState } from './ModelSigns.tsx';
import { type Page, useCancel, type Version } from './models.ts';
import { PublishDialog } from './PublishDialog.tsx';
import { three } from './stand.ts';
import { Warnings } from './Warnings.tsx';

/** Every version, the latest first, with what can be done with it. */
export const VersionTable = ({ model }: { model: Page }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const { lang } = useWhere();
  const [, change] = useAddress();
  const [publishing, setPublishing] = useState<Version | null>(null);
  const cancel = useCancel(model.id, () => void message.success(t('model.cancelled')));
  if (model.versions.length === 0) {
    return (
      <Empty title={t('model.noVersions')}>
        <p>{t('model.noVersionsNext')}</p>
      </Empty>
    );
  }
  const act = (version: Version, name: 'publish' | 'cancel') => version.actions.find((one) => one.name === name);
  return (
    <>
      <Scroll className="c-card" label={t('model.tab.versions')}>
        <table className="c-counts c-mod-table">
          <thead>
            <tr>
              <th scope="col">{t('model.version')}</th>
              <th scope="col">{t('model.state')}</th>
              {['auc', 'ece', 'brier', 'n', 'positives', 'inputs', 'seconds'].map((name) => (
                <th key={name} scope="col" className="c-num">
                  {t(`model.${name}`)}
                </th>
              ))}
              <th scope="col">{t('model.made')}</th>
              <th scope="col">{t('model.acts')}</th>
            </tr>
          </thead>
          <tbody>
            {model.versions.map((version) => (
              <tr key={version.n}>
                <th scope="row">
                  {version.figures ? (
                    <button type="button" className="c-link" onClick={() => change({ tab: 'figures', version: String(version.n) })}>
                      {t('model.n_th', { n: version.n })}
                    </button>
                  ) : (
                    t('model.n_th', { n: version.n })
                  )}
                  {version.observations && (
                    <span className="c-block c-soft c-small">
                      {t('observation.from', { days: version.observations.map((day) => dateWords(day, lang)).join(t('tag.and')) })}
                    </span>
                  )}
                </th>
                <td>
                  <VersionState version={version} />
                  {version.warnings.length > 0 && (
                    <span className="c-block c-refused c-small">
                      <Icon name="alert" /> <Warnings warnings={version.warnings} />
                    </span>
                  )}
                </td>
                <td className="c-num">{three(version.figures?.auc)}</td>
                <td className="c-num">{three(version.figures?.ece)}</td>
                <td className="c-num">{three(version.figures?.brier)}</td>
                <td className="c-num">{version.figures ? integer(version.figures.n) : '–'}</td>
                <td className="c-num">{version.figures ? integer(version.figures.positives) : '–'}</td>
                <td className="c-num">{version.inputs ?? '–'}</td>
                <td className="c-num">{version.seconds === null ? '–' : t('model.secondsOf', { seconds: version.seconds })}</td>
                <td>
                  <Moment at={version.madeAt} />
                  <span className="c-block c-soft c-small">{version.madeBy}</span>
                </td>
                <td>
                  {(version.state === 'trained' || version.state === 'retired') && (
                    <RightButton
                      right="model:publish"
                      size="small"
                      off={act(version, 'publish')?.because ?? null}
                      onClick={() => setPublishing(version)}
                    >
                      {t('model.publish')}
                    </RightButton>
                  )}
                  {act(version, 'cancel')?.allowed && (
                    <Button
                      size="small"
                      loading={cancel.isPending}
                      onClick={() => cancel.mutate(version.n, { onError: (error) => void message.error(trouble(error)) })}
                    >
                      {t('model.cancel')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {publishing && <PublishDialog model={model} version={publishing} onClose={() => setPublishing(null)} />}
    </>
  );
};
