import { Button, Drawer, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audience } from '#audience/contract';
import { Loading, Refused } from '../../kit/faces.tsx';
import { integer } from '../../kit/format.ts';
import { Moment } from '../../kit/TimeAgo.tsx';
import { Field } from '../parts/Field.tsx';
import { useDifference, useVersions } from './audiences.ts';
import { DayCounts } from './DayCounts.tsx';

interface Props {
  open: boolean;
  audience: Audience;
  onClose: () => void;
  onRestored: (where: unknown) => void;
}

/** How it came to be what it is: the mornings' counts with their causes, the versions, and the difference of two in words and people. */
export const VersionsDrawer = ({ open, audience, onClose, onRestored }: Props) => {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} size="min(46rem, 100vw)" title={t('audience.versions')} destroyOnHidden>
      <h3>{t('audience.days')}</h3>
      <DayCounts id={audience.id} />
      <VersionList
        audience={audience}
        onRestored={(where) => {
          onRestored(where);
          onClose();
        }}
      />
    </Drawer>
  );
};

const VersionList = ({ audience, onRestored }: { audience: Audience; onRestored: (where: unknown) => void }) => {
  const { t } = useTranslation();
  const versions = useVersions(audience.id);
  const [pair, setPair] = useState({ from: Math.max(1, audience.version - 1), to: audience.version });
  if (versions.isPending) return <Loading lines={5} />;
  if (versions.error) return <Refused error={versions.error} onAgain={() => void versions.refetch()} />;
  const items = [...versions.data.items].sort((a, b) => b.version - a.version);
  const options = items.map(({ version }) => ({ value: version, label: t('audience.versionOf', { version }) }));
  return (
    <>
      {items.length > 1 && (
        <section aria-label={t('audience.compare')}>
          <h3>{t('audience.compare')}</h3>
          <div className="c-form-row">
            {(['from', 'to'] as const).map((end) => (
              <Field key={end} label={t(`audience.compareOf.${end}`)}>
                {(id) => (
                  <Select id={id} value={pair[end]} options={options} onChange={(version) => setPair({ ...pair, [end]: version })} />
                )}
              </Field>
            ))}
          </div>
          <DifferenceOf id={audience.id} {...pair} />
        </section>
      )}
      <h3>{t('audience.versionList')}</h3>
      <ul className="c-list">
        {items.map((one) => (
          <li key={one.version}>
            <p className="c-list-head">
              <strong>{t('audience.versionOf', { version: one.version })}</strong>
              <span className="c-soft">
                {one.by.name} <Moment at={one.at} />
              </span>
              <Button size="small" className="c-end" onClick={() => onRestored(one.where)}>
                {t('audience.openVersion')}
              </Button>
            </p>
            <p>{one.sentence ?? t('audience.unsound')}</p>
          </li>
        ))}
      </ul>
    </>
  );
};

/** Lines that went and came, and the people who stayed, entered and left, over today's people. */
const DifferenceOf = ({ id, from, to }: { id: string; from: number; to: number }) => {
  const { t } = useTranslation();
  const found = useDifference(id, from, to);
  if (from === to) return <p className="c-soft">{t('audience.sameVersion')}</p>;
  if (found.isPending) return <Loading lines={3} />;
  if (found.error) return <Refused error={found.error} onAgain={() => void found.refetch()} />;
  const { words, people } = found.data;
  return (
    <>
      <dl className="c-sums">
        <div>
          <dt>{t('audience.compareOf.counts')}</dt>
          <dd>
            {integer(found.data.from.count)} → {integer(found.data.to.count)}
          </dd>
        </div>
        {(['entered', 'left', 'stayed'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`audience.compareOf.${name}`)}</dt>
            <dd>{integer(people[name])}</dd>
          </div>
        ))}
      </dl>
      <ul className="c-edit-changes c-list">
        {words.gone.map((line) => (
          <li key={`gone ${line}`}>
            <span className="c-edit-sign c-edit-removed">−</span> <del>{line}</del>
          </li>
        ))}
        {words.come.map((line) => (
          <li key={`come ${line}`}>
            <span className="c-edit-sign c-edit-added">+</span> <ins>{line}</ins>
          </li>
        ))}
      </ul>
      {words.gone.length + words.come.length === 0 && <p className="c-soft">{t('audience.sameWords')}</p>}
    </>
  );
};
