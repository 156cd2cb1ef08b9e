import CloseOutlined from '@ant-design/icons/CloseOutlined';
import HolderOutlined from '@ant-design/icons/HolderOutlined';
import MoreOutlined from '@ant-design/icons/MoreOutlined';
import { Button, Dropdown } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from './builder.ts';
import { DRAGGED, focusOn } from './dragging.ts';
import { dissolve, duplicate, type Group, type Node, negate, remove, type Step, step, turnOff, wrap } from './tree.ts';

const KEYS: Readonly<Record<string, Step>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' };
const STEPS: readonly Step[] = ['up', 'down', 'in', 'out'];

/** What can be done with a node as a whole: on its left the grip that moves it, on its right the menu and the way out. */
export const NodeActs = ({ node, at, name, side }: { node: Node; at: string; name: string; side: 'grip' | 'menu' }) => {
  const { t } = useTranslation();
  const { root, change } = useBuilder();
  const take = (to: Step) => {
    change((tree) => step(tree, node.id, to));
    focusOn(node.id, '.c-aud-grip');
  };
  const press = (event: KeyboardEvent) => {
    const to = KEYS[event.key];
    if (event.altKey && to) take(to);
    else if (event.key === 'Delete') change((tree) => remove(tree, node.id));
    else return;
    event.preventDefault();
  };
  if (side === 'grip')
    return (
      <button
        type="button"
        className="c-aud-grip"
        aria-label={t('audience.grip', { name })}
        title={t('audience.gripHow')}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED, node.id);
          event.dataTransfer.effectAllowed = 'move';
          const card = document.getElementById(node.id);
          if (card) event.dataTransfer.setDragImage(card, 12, 12);
        }}
        onKeyDown={press}
      >
        <HolderOutlined />
        <span className="c-aud-at">{at}</span>
      </button>
    );
  const does: Record<string, (tree: Group) => Group> = {
    off: (tree) => turnOff(tree, node.id),
    negate: (tree) => negate(tree, node.id),
    copy: (tree) => duplicate(tree, node.id),
    wrap: (tree) => wrap(tree, node.id),
    dissolve: (tree) => dissolve(tree, node.id),
    remove: (tree) => remove(tree, node.id),
  };
  const item = (key: string, label = t(`audience.do.${key}`)) => ({ key, label, disabled: !can(root, node, key) });
  return (
    <span className="c-aud-acts">
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items: [
            item('off', t(node.off ? 'audience.do.on' : 'audience.do.off')),
            item('negate'),
            item('copy'),
            item('wrap'),
            ...(node.is === 'group' ? [item('dissolve')] : []),
            { type: 'divider' },
            ...STEPS.map((to) => item(to)),
            { type: 'divider' },
            { ...item('remove'), danger: true },
          ],
          onClick: ({ key }) => {
            const how = does[key];
            if (how) change(how);
            else take(key as Step);
          },
        }}
      >
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('audience.acts', { name })} title={t('audience.more')} />
      </Dropdown>
      <Button
        type="text"
        size="small"
        icon={<CloseOutlined />}
        aria-label={t('audience.removeIt', { name })}
        title={t('audience.do.remove')}
        onClick={() => change((tree) => remove(tree, node.id))}
      />
    </span>
  );
};

/** A step that would change nothing is not offered. */
const can = (root: Group, node: Node, key: string): boolean => !STEPS.includes(key as Step) || step(root, node.id, key as Step) !== root;
