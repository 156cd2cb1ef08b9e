import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TagView } from '#tag/contract';
import { firstAsk, WORDS, worded, wordOf } from './asks.ts';
import { useBuilder } from './builder.ts';
import { DateAsk } from './DateAsk.tsx';
import { focusOn } from './dragging.ts';
import { NumberAsk } from './NumberAsk.tsx';
import { AudienceAsk, ListAsk, SampleAsk, TopAsk } from './OtherAsks.tsx';
import { aSalt, type Other, TagPicker } from './TagPicker.tsx';
import { useTag } from './tags.ts';
import { type Ask, type Condition, type Line, put } from './tree.ts';
import { ValuesAsk } from './ValuesAsk.tsx';

const FIRST: Readonly<Record<Other, () => Condition>> = {
  audience: () => ({ on: 'audience', id: '' }),
  list: () => ({ on: 'list', id: '' }),
  sample: () => ({ on: 'sample', share: null, salt: aSalt() }),
  top: () => ({ on: 'top', n: null, by: '', order: 'highest', among: 'above' }),
};

/** The fields of a line: what it is about, what is asked of it, the values. */
export const LineForm = ({ line, name, isOpen, hasAbove }: { line: Line; name: string; isOpen: boolean; hasAbove: boolean }) => {
  const { t } = useTranslation();
  const { change } = useBuilder();
  const { what } = line;
  const replace = (next: Line, field?: string) => change((root) => put(root, next), field ? { tag: `${line.id} ${field}` } : {});
  const set = (next: Condition, field?: string) => replace({ ...line, what: next }, field);
  if (what.on === 'raw')
    return (
      <Input.TextArea
        className="c-code c-aud-raw"
        aria-label={t('audience.rawOf', { name })}
        readOnly
        autoSize={{ maxRows: 4 }}
        value={JSON.stringify(what.json)}
        title={t('audience.rawWhat')}
      />
    );
  const begin = (next: Condition) => {
    replace({ ...line, not: false, what: next });
    focusOn(line.id, '.c-aud-value input, .c-aud-value [role=combobox]');
  };
  return (
    <>
      <TagPicker
        name={name}
        what={what}
        isFresh={isOpen && what.on === 'tag' && what.tag === ''}
        onTag={(tag) => begin(firstAsk(tag.name, tag.kind))}
        onOther={(other) => begin(FIRST[other]())}
      />
      {what.on === 'tag' && what.tag !== '' && (
        <TagAsk
          line={line}
          tag={what.tag}
          name={name}
          isOpen={isOpen}
          onLine={replace}
          onAsk={(to, field) => set({ ...what, ask: to }, field)}
        />
      )}
      {what.on !== 'tag' && (
        <Select
          className="c-aud-word-of"
          aria-label={t('audience.askOf', { name })}
          value={line.not ? 'out' : 'in'}
          options={(['in', 'out'] as const).map((word) => ({ value: word, label: t(`audience.ask.${what.on}.${word}`) }))}
          onChange={(word) => replace({ ...line, not: word === 'out' })}
          popupMatchSelectWidth={false}
        />
      )}
      {what.on === 'audience' && <AudienceAsk name={name} what={what} onChange={set} />}
      {what.on === 'list' && <ListAsk name={name} what={what} onChange={set} />}
      {what.on === 'sample' && <SampleAsk name={name} what={what} onChange={set} />}
      {what.on === 'top' && <TopAsk name={name} what={what} hasAbove={hasAbove} onChange={set} />}
    </>
  );
};

interface TagAskProps {
  line: Line;
  tag: string;
  name: string;
  isOpen: boolean;
  onLine: (line: Line) => void;
  onAsk: (ask: Ask | null, field?: string) => void;
}

/** What is asked of a tag, by its kind. */
const TagAsk = ({ line, tag: tagName, name, isOpen, onLine, onAsk }: TagAskProps) => {
  const { t } = useTranslation();
  const tag = useTag(tagName).data;
  if (!tag || line.what.on !== 'tag') return null;
  const word = wordOf(line);
  const asked = { tag, ask: line.what.ask, name, onChange: onAsk };
  return (
    <>
      <Select
        className="c-aud-word-of"
        aria-label={t('audience.askOf', { name })}
        value={word}
        options={WORDS[tag.kind].map((value) => ({ value, label: t(`audience.ask.${tag.kind}.${value}`) }))}
        onChange={(next) => onLine(worded(line, tagName, next))}
        popupMatchSelectWidth={false}
      />
      {(word === 'in' || word === 'out') && (
        <>
          {tag.kind === 'oneOf' && <ValuesAsk {...asked} />}
          {tag.kind === 'number' && <NumberAsk {...asked} isOpen={isOpen} />}
          {tag.kind === 'date' && <DateAsk {...asked} />}
        </>
      )}
    </>
  );
};

/** What the fields of a value get: the tag, what is asked so far, and how to ask otherwise. `field`: the one that is typed in. */
export interface AskProps {
  readonly tag: TagView;
  readonly ask: Ask | null;
  readonly name: string;
  readonly onChange: (ask: Ask | null, field?: string) => void;
}
