import { Alert, Modal, Radio, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrouble } from '../../kit/faces.tsx';
import { useCatalogue, useTagName } from '../tags/tags.ts';
import { LearnFrom } from './LearnFrom.tsx';
import { type Page, useTrain, type Version } from './models.ts';

const FROM = ['all', 'chosen'] as const;

/** Of which day the tags are to learn from, and which; everything else follows from the model. */
export const TrainDialog = ({ model, onClose, onDone }: { model: Page; onClose: () => void; onDone: (version: Version) => void }) => {
  const { t } = useTranslation();
  const trouble = useTrouble();
  const nameOf = useTagName();
  const [from, setFrom] = useState<(typeof FROM)[number]>('all');
  const [chosen, setChosen] = useState<string[]>([]);
  const ripe = model.observations.items.filter(({ state }) => state === 'ripe').map(({ day }) => day);
  const [days, setDays] = useState<string[] | null>(ripe.length > 0 ? ripe : null);
  const catalogue = useCatalogue();
  const train = useTrain(model.id, onDone);
  const options = useMemo(
    () =>
      (catalogue.data?.items ?? [])
        .filter((tag) => !tag.hidden && tag.purposes.includes(model.purpose) && tag.name !== model.label?.tag && tag.name !== model.score)
        .map((tag) => ({ value: tag.name, label: nameOf(tag) })),
    [catalogue.data, model, nameOf],
  );
  return (
    <Modal
      open
      title={t('model.trainTitle')}
      okText={t('model.trainStart')}
      confirmLoading={train.isPending}
      okButtonProps={{ disabled: (from === 'chosen' && chosen.length === 0) || days?.length === 0 }}
      onOk={() => train.mutate({ ...(from === 'chosen' && { inputs: chosen }), ...(days && { observations: days }) })}
      onCancel={onClose}
    >
      {train.error && <Alert type="error" showIcon title={trouble(train.error)} className="c-gap-below" />}
      <LearnFrom model={model} days={days} onChange={setDays} />
      <p id="train-from">{t('model.trainAsk')}</p>
      <Radio.Group
        aria-labelledby="train-from"
        className="c-gap-below"
        value={from}
        onChange={({ target }) => setFrom(target.value as (typeof FROM)[number])}
        options={[
          { value: 'all', label: `${t('model.trainAll')}${options.length > 0 ? ` (${options.length})` : ''}` },
          { value: 'chosen', label: t('model.trainChosen') },
        ]}
      />
      {from === 'chosen' && (
        <Select
          mode="multiple"
          className="c-mod-pick c-gap-below"
          aria-label={t('model.choose')}
          placeholder={chosen.length === 0 ? t('model.chooseSome') : undefined}
          loading={catalogue.isPending}
          value={chosen}
          onChange={setChosen}
          options={options}
          showSearch={{ optionFilterProp: 'label' }}
        />
      )}
      <p className="c-soft c-small">{t('model.trainNote')}</p>
    </Modal>
  );
};
