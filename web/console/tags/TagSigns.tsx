import CalendarOutlined from '@ant-design/icons/CalendarOutlined';
import FlagOutlined from '@ant-design/icons/FlagOutlined';
import NumberOutlined from '@ant-design/icons/NumberOutlined';
import UnorderedListOutlined from '@ant-design/icons/UnorderedListOutlined';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Freshness, TagKind, TagView } from '#tag/contract';
import { figure, integer, percent } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { StateTag } from '../../kit/StateTag.tsx';
import type { StateName } from '../../kit/state.ts';

import { useValueWords } from './tags.ts';
import { dateWords } from './values.ts';

const SIGNS: Record<TagKind, ComponentType> = {
  flag: FlagOutlined,
  oneOf: UnorderedListOutlined,
  number: NumberOutlined,
  date: CalendarOutlined,
};

/** What kind of fact: sign and word. */
export const KindSign = ({ kind }: { kind: TagKind }) => {
  const { t } = useTranslation();
  const Sign = SIGNS[kind];
  return (
    <span className="c-tags-kind">
      <Sign />
      {t(`tag.kind.${kind}`)}
    </span>
  );
};

/** Of how many there is a value: a bar from zero to everybody, the share, the people on hover. */
export const KnownBar = ({ tag: { known, counting }, everyone }: { tag: Pick<TagView, 'known' | 'counting'>; everyone: number }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  if (counting) return <span className="c-faint">{t('tag.counting')}</span>;
  const share = everyone > 0 ? known / everyone : 0;
  return (
    <span className="c-tags-known" title={t('tag.knownOf', { known: integer(known), everyone: integer(everyone) })}>
      <span className="c-tags-room" aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className="c-num">{known > 0 && share < 0.001 ? figure(known, lang) : percent(share)}</span>
    </span>
  );
};

const FACES: Record<Freshness['is'], StateName> = { fresh: 'done', late: 'late', unsaid: 'skipped', never: 'pending' };

/** Fresh, late, or why neither can be said. */
export const FreshTag = ({ fresh }: { fresh: Freshness }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  return (
    <span title={'due' in fresh ? t(`tag.due.${fresh.is}`, { day: dateWords(fresh.due, lang) }) : undefined}>
      <StateTag state={FACES[fresh.is]}>{t(`tag.fresh.${fresh.is}`)}</StateTag>
    </span>
  );
};

const SHOWN = 3;

/** What values there are, in one line: the commonest ones, the range, the share of yes. */
export const ValuesShort = ({ tag }: { tag: TagView }) => {
  const { t } = useTranslation();
  const words = useValueWords();
  if (tag.known === 0) return <span className="c-faint">{t('tag.nothingKnown')}</span>;
  if (tag.kind === 'number' || tag.kind === 'date') {
    return <>{t('tag.range', { from: words(tag.from, tag), to: words(tag.to, tag) })}</>;
  }
  if (tag.kind === 'flag') {
    const yes = tag.values.find(({ value }) => value === true)?.count ?? 0;
    return <>{t('tag.yesShare', { share: percent(yes / tag.known) })}</>;
  }
  const texts = tag.values.slice(0, SHOWN).map((v) => `${words(v.value, { ...tag, label: v })} ${percent(v.count / tag.known)}`);
  return <>{[...texts, ...(tag.values.length > SHOWN ? ['…'] : [])].join(t('tag.and'))}</>;
};
