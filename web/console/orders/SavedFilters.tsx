import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import StarOutlined from '@ant-design/icons/StarOutlined';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JourneyFilter, Tab } from '../filter.ts';
import { useKept } from '../kept.ts';

interface Saved {
  name: string;
  search: Record<string, string>;
}

interface Props {
  login: string;
  filter: JourneyFilter;
  tab: Tab;
  onPick: (change: Record<string, string | undefined>) => void;
}

const FIELDS = ['scenario', 'holder', 'area', 'stage', 'milestone', 'wait', 'reason', 'source', 'q', 'from', 'to', 'sort', 'tab'];

/** Searches a person uses every day, by name. */
export const SavedFilters = ({ login, filter, tab, onPick }: Props) => {
  const { t } = useTranslation();
  const [saved, setSaved] = useKept<Saved[]>('filters', login, []);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = () => {
    const given = name.trim();
    if (!given) return;
    setSaved([...saved.filter((s) => s.name !== given), { name: given, search: { ...(filter as Record<string, string>), tab } }]);
    setName('');
  };
  const pick = (one: Saved) => {
    setOpen(false);
    onPick({ ...Object.fromEntries(FIELDS.map((field) => [field, undefined])), ...one.search });
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={t('saved.title')}
      content={
        <div className="c-saved">
          {saved.length === 0 && <p className="c-soft">{t('saved.none')}</p>}
          <ul>
            {saved.map((one) => (
              <li key={one.name}>
                <Button type="link" onClick={() => pick(one)}>
                  {one.name}
                </Button>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('saved.remove', { name: one.name })}
                  onClick={() => setSaved(saved.filter((s) => s.name !== one.name))}
                />
              </li>
            ))}
          </ul>
          <div className="c-saved-new">
            <Input
              value={name}
              maxLength={30}
              placeholder={t('saved.name')}
              aria-label={t('saved.name')}
              onChange={(e) => setName(e.target.value)}
              onPressEnter={save}
            />
            <Button type="primary" onClick={save} disabled={!name.trim()}>
              {t('saved.save')}
            </Button>
          </div>
        </div>
      }
    >
      <Button icon={<StarOutlined />}>{t('saved.title')}</Button>
    </Popover>
  );
};
