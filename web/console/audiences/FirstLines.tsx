import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNames } from '../words.ts';
import { firstLines } from './firstLines.ts';
import { tagsOptions } from './tags.ts';
import type { Json } from './tree.ts';

/** Where nothing is asked yet: definitions to begin from. */
export const FirstLines = ({ onPick }: { onPick: (where: Json) => void }) => {
  const { t } = useTranslation();
  const names = useNames();
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
                tag: names.of(tag.names) || tag.name,
                value: typeof value === 'string' ? value : names.of(value),
              })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};
