import { Collapse, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '../parts/Field.tsx';
import { useNames } from '../words.ts';
import type { EditProps } from './TablesEditor.tsx';

const LANGUAGES = ['zh', 'en'] as const;

/** What each place means and offers, who goes and how often. */
export const PlaceFields = ({ tables, off, edit }: EditProps) => {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <Collapse
      items={tables.places.map((place, i) => {
        const texts = [
          [t('enterprise.place'), place.names, 200],
          [t('enterprise.table.meaning'), place.meaning, 2_000],
          [t('enterprise.table.offer.large'), place.offer.large, 2_000],
          [t('enterprise.table.offer.small'), place.offer.small, 2_000],
          [t('enterprise.table.who'), place.who, 200],
        ] as const;
        const textAt = (at: number) => {
          return (draft: typeof tables) => {
            const one = draft.places[i]!;
            return [one.names, one.meaning, one.offer.large, one.offer.small, one.who][at]!;
          };
        };
        return {
          key: place.id,
          label: (
            <span className="c-list-head">
              <strong>{names.of(place.names)}</strong>
              <span className="c-soft">{names.of(place.meaning)}</span>
            </span>
          ),
          children: (
            <div className="c-form-pair">
              {texts.map(([label, text, most], at) =>
                LANGUAGES.map((language) => (
                  <Field key={`${label} ${language}`} label={`${label} · ${t(`enterprise.table.${language}`)}`}>
                    {(id) => (
                      <Input.TextArea
                        id={id}
                        disabled={off}
                        value={text[language]}
                        maxLength={most}
                        autoSize={{ minRows: 1, maxRows: 5 }}
                        onChange={(event) => edit((draft) => void Object.assign(textAt(at)(draft), { [language]: event.target.value }))}
                      />
                    )}
                  </Field>
                )),
              )}
              <Field label={t('enterprise.table.everyDays')}>
                {(id) => (
                  <InputNumber
                    id={id}
                    disabled={off}
                    value={place.everyDays}
                    min={1}
                    max={366}
                    precision={0}
                    onChange={(everyDays) => everyDays !== null && edit((draft) => void Object.assign(draft.places[i]!, { everyDays }))}
                  />
                )}
              </Field>
            </div>
          ),
        };
      })}
    />
  );
};
