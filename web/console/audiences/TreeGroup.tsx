import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Button, Segmented } from 'antd';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from './builder.ts';
import { DRAGGED, focusOn } from './dragging.ts';
import { LeftBar } from './LeftBar.tsx';
import { NodeActs } from './NodeActs.tsx';
import { TreeLine } from './TreeLine.tsx';
import { add, aGroup, aLine, type Group, join, move, type Node } from './tree.ts';

/** A group: how its members are joined, the members, and what can be added. `at`: its number as people say it, empty for the outermost. */
export const TreeGroup = ({ group, at }: { group: Group; at: string }) => {
  const { t } = useTranslation();
  const { root, change } = useBuilder();
  const [over, setOver] = useState<number | null>(null);
  const isOutermost = group.id === root.id;
  const insert = (node: Node) => {
    change((tree) => add(tree, group.id, node), { open: node.id });
    focusOn(node.id, '[role=combobox]');
  };
  const near = (event: DragEvent<HTMLElement>, index: number) => {
    if (!event.dataTransfer.types.includes(DRAGGED)) return;
    event.preventDefault();
    event.stopPropagation();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    setOver(event.clientY > top + height / 2 ? index + 1 : index);
  };
  const drop = (event: DragEvent<HTMLElement>) => {
    const id = event.dataTransfer.getData(DRAGGED);
    if (!id || over === null) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(null);
    change((tree) => move(tree, id, group.id, over));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid everywhere
    <div
      role="group"
      aria-label={isOutermost ? t('audience.tree') : t('audience.groupAt', { at })}
      className={`c-aud-group${isOutermost ? ' c-aud-outermost' : ''}${group.off ? ' c-aud-off' : ''}`}
    >
      <div className="c-aud-group-head">
        {!isOutermost && <NodeActs node={group} at={at} name={t('audience.groupAt', { at })} side="grip" />}
        {group.not && <span className="c-aud-not">{t('audience.notGroup')}</span>}
        <Segmented
          size="small"
          aria-label={t('audience.joinedBy', { at })}
          value={group.op}
          options={(['and', 'or'] as const).map((op) => ({ value: op, label: t(`audience.join.${op}`) }))}
          onChange={(op) => change((tree) => join(tree, group.id, op as 'and' | 'or'))}
        />
        {!isOutermost && <NodeActs node={group} at={at} name={t('audience.groupAt', { at })} side="menu" />}
      </div>
      <ul
        className="c-aud-nodes"
        onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Element | null) && setOver(null)}
        onDrop={drop}
      >
        {group.of.map((node, index) => (
          <li
            key={node.id}
            id={node.id}
            className={over === index ? 'c-aud-drop-above' : over === index + 1 ? 'c-aud-drop-below' : undefined}
            onDragOver={(event) => near(event, index)}
          >
            {node.is === 'group' ? (
              <TreeGroup group={node} at={numbered(at, index)} />
            ) : (
              <TreeLine line={node} at={numbered(at, index)} inside={group.op} index={index} />
            )}
            <div className="c-aud-between">
              {index < group.of.length - 1 && <span className="c-aud-word">{t(`audience.word.${group.op}`)}</span>}
              {isOutermost && group.op === 'and' && <LeftBar id={node.id} />}
            </div>
          </li>
        ))}
        {group.of.length === 0 && (
          <li className="c-aud-hollow" onDragOver={(event) => near(event, 0)}>
            {t(isOutermost ? 'audience.noLines' : 'audience.hollow')}
          </li>
        )}
      </ul>
      <div className="c-aud-add">
        <Button icon={<PlusOutlined />} onClick={() => insert(aLine({ on: 'tag', tag: '', ask: null }))}>
          {t('audience.addLine')}
        </Button>
        <Button type="text" onClick={() => insert(aGroup(group.op === 'and' ? 'or' : 'and', [aLine({ on: 'tag', tag: '', ask: null })]))}>
          {t('audience.addGroup')}
        </Button>
      </div>
    </div>
  );
};

const numbered = (at: string, index: number): string => (at === '' ? String(index + 1) : `${at}.${index + 1}`);
