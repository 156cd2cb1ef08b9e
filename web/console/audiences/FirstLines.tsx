import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isMoney } from '#tag/contract';
import { useWhere } from '../../kit/hooks.ts';
import { moneyRange } from '../money.ts';
import { useTagName } from '../tags/tags.ts';
import { useNames } from '../words.ts';
import { firstLines } from './firstLines.ts';
import { tagsOptions } from './tags.ts';
import type { Json } from './tree.ts';

/** Where nothing is asked yet: definitions to begin from. */
export const FirstLines = ({ onPick }: { onPick: (where: Json) => void }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const names = useNames();
  const nameOf = useTagName();
  const lines = firstLines(useQuery(tagsOptions('')).data?.items ?? []);
  if (lines.length === 0) return null;
  return (
    <div className="c-aud-first">
      <p>{t('audience.beginWith')}</p>
      <ul>
        {lines.map(({ word, tag, value, where }) => (
          <li key={word}>
            <button type="button" className="g-button" onClick={() => onPick(where)}>
              {t(`audience.begin.${word}`, {
                tag: nameOf(tag),
                value:
                  typeof value !== 'string'
                    ? names.of(value)
                    : word === 'number' && isMoney(tag.names)
                      ? moneyRange(Number(value), Number(value), lang)
                      : value,
              })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};
