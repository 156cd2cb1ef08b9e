import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Names, PromiseTerm, Step } from '#scenario/contract';
import type { Lang } from '../../kit/format.ts';
import { useWhere } from '../../kit/hooks.ts';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { type Namer, useNames } from '../words.ts';
import type { Change } from './changes.ts';
import { lengthText } from './length.ts';

const SIGN: Record<Change['how'], IconName> = { added: 'check', removed: 'cross', changed: 'dot', moved: 'share' };
const isNames = (value: unknown): value is Names => typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;

interface Tongue {
  t: TFunction;
  names: Namer;
  lang: Lang;
}

/** One value of a field, as the trade says it. */
function valueText(field: string | undefined, value: unknown, { t, names, lang }: Tongue): string {
  if (value === undefined) return t('editor.none');
  if (isNames(value)) return names.of(value);
  if (typeof value === 'boolean') return t(value ? 'editor.yes' : 'editor.no');
  if (typeof value === 'number') return lengthText(value, lang);
  if (field === 'holder') return names.holder(String(value));
  if (field === 'source') return names.system(String(value));
  if (field === 'clock') return t(`editor.clock.${String(value)}`);
  if (field === 'when') return t(`when.${String(value)}`);
  if (field === 'root' && Array.isArray(value)) return value.map((kind) => names.kind(String(kind))).join(' / ');
  return String(value);
}

/** What came or went, where its name alone does not say it. */
function detail({ what, from, to }: Change, { t, names, lang }: Tongue): string {
  const value = to ?? from;
  if (what === 'step' && typeof value === 'object' && value !== null && 'p50' in value) {
    const step = value as Step;
    return `${names.system(step.source)} · ${lengthText(step.p50, lang)} / ${lengthText(step.p90, lang)}${step.closes ? ` · ${t('editor.closes')}` : ''}`;
  }
  if (what === 'term' && typeof value === 'object' && value !== null && 'seconds' in value)
    return `≤ ${lengthText((value as PromiseTerm).seconds, lang)}`;
  return '';
}

function thing({ what, name, of }: Change, { t, names }: Tongue): string {
  const said = isNames(name)
    ? names.of(name)
    : what === 'wait'
      ? names.wait(name)
      : what === 'exception'
        ? `${name} ${names.exception(name)}`
        : name;
  const about = of === undefined ? '' : isNames(of) ? names.of(of) : what === 'term' ? t(`when.${of}`) : of;
  return about ? t('editor.nameOf', { name: said, of: about }) : said;
}

/** Differences between two versions, each a line in words. */
export const ChangeList = ({ changes, label }: { changes: readonly Change[]; label: string }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const tongue = { t, names, lang };
  return (
    <ul className="c-list c-edit-changes" aria-label={label}>
      {changes.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
        <li key={i}>
          <strong className={`c-edit-sign c-edit-${one.how}`}>
            <Icon name={SIGN[one.how]} /> {t(`editor.how.${one.how}`)}
          </strong>{' '}
          {t(`editor.what.${one.what}`)} {thing(one, tongue)}
          {one.how === 'changed' && one.field && (
            <span className="c-block">
              {t(`editor.field.${one.field.replace('.', '_')}`)} <del>{valueText(one.field, one.from, tongue)}</del> →{' '}
              <ins>{valueText(one.field, one.to, tongue)}</ins>
            </span>
          )}
          {one.how === 'moved' && one.what === 'step' && one.to !== undefined && (
            <span className="c-block">
              {valueText(undefined, one.from, tongue)} → {valueText(undefined, one.to, tongue)}
            </span>
          )}
          {(one.how === 'added' || one.how === 'removed') && detail(one, tongue) && (
            <span className="c-block c-soft">{detail(one, tongue)}</span>
          )}
        </li>
      ))}
    </ul>
  );
};
