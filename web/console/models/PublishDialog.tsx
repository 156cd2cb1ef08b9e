import { Alert, App, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { useNames } from '../words.ts';
import { type Page, usePublish, type Version } from './models.ts';
import { three } from './stand.ts';
import { Warnings } from './Warnings.tsx';

/** An AUC that is lower by more than chance makes it. */
const TELLING = 0.01;

/** Says what will be another than before, then does it. */
export const PublishDialog = ({ model, version, onClose }: { model: Page; version: Version; onClose: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const trouble = useTrouble();
  const names = useNames();
  const publish = usePublish(model.id, () => {
    void message.success(t('model.published'));
    onClose();
  });
  const { published } = model;
  const less = (published?.figures?.auc ?? 0) - (version.figures?.auc ?? 0);
  return (
    <Modal
      open
      title={t('model.publishTitle', { n: version.n })}
      okText={t('model.publish')}
      confirmLoading={publish.isPending}
      onOk={() => publish.mutate(version.n)}
      onCancel={onClose}
    >
      {publish.error && <Alert type="error" showIcon title={trouble(publish.error)} className="c-gap-below" />}
      {version.warnings.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="c-gap-below"
          title={t('model.publishWarned')}
          description={<Warnings warnings={version.warnings} />}
        />
      )}
      {less > TELLING && published && (
        <Alert
          type="warning"
          showIcon
          className="c-gap-below"
          title={t('model.publishWorse', { auc: three(version.figures?.auc), n: published.n, less: three(less) })}
        />
      )}
      <p>{t('model.publishWhat')}</p>
      <ul>
        {model.kind === 'outside' && <li>{t('model.publishOutside', { tag: model.score })}</li>}
        {model.kind === 'trained' && <li>{t('model.publishScores', { tag: model.score, n: version.n })}</li>}
        {model.kind === 'trained' && (
          <li>
            {published
              ? t('model.publishBefore', { n: published.n, auc: three(published.figures?.auc) })
              : t('model.publishFirst', { tag: model.score })}
          </li>
        )}
        {model.kind === 'trained' && model.scene === 'churn' && (
          <li>{t('model.publishRule', { name: names.of(model.names), least: Math.round((version.figures?.top ?? 1) * model.full) })}</li>
        )}
      </ul>
    </Modal>
  );
};
