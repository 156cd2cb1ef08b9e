import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Names } from '#scenario/contract';
import { useWhere } from '../../kit/hooks.ts';
import { EditField, type FieldProps } from './EditField.tsx';
import { lengthOf, lengthText } from './length.ts';

/** A length of time as people say it; what cannot be read stays where it is typed and is said, the last good one holds. */
export const LengthInput = ({ value, onChange, field }: { value: number; onChange: (seconds: number) => void; field: FieldProps }) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && lengthOf(typed) === null;
  const shown = typed !== null && (wrong || lengthOf(typed) === value) ? typed : lengthText(value, lang);
  return (
    <>
      <Input
        {...field}
        status={wrong ? 'error' : field.status}
        aria-invalid={wrong || field['aria-invalid'] || undefined}
        value={shown}
        autoComplete="off"
        onChange={(event) => {
          const said = event.target.value;
          setTyped(said);
          const seconds = lengthOf(said);
          if (seconds !== null) onChange(seconds);
        }}
        onBlur={() => setTyped(null)}
      />
      {wrong && (
        <span className="c-edit-wrong" role="status">
          {t('editor.lengthWhat')}
        </span>
      )}
    </>
  );
};

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** An id others speak of: taken over when it is whole and nobody else's, so that nothing points nowhere while it is being typed. */
export const IdInput = ({
  value,
  taken,
  onChange,
  field,
}: {
  value: string;
  taken: readonly string[];
  onChange: (id: string) => void;
  field: FieldProps;
}) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const now = typed ?? value;
  const wrong = now !== value && (taken.includes(now) ? t('editor.idTaken') : ID.test(now) ? null : t('editor.idWhat'));
  const take = () => {
    if (!wrong && now !== value) onChange(now);
    setTyped(null);
  };
  return (
    <>
      <Input
        {...field}
        status={wrong ? 'error' : field.status}
        className="c-code"
        value={now}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onPressEnter={take}
      />
      {wrong && (
        <span className="c-edit-wrong" role="status">
          {wrong}
        </span>
      )}
    </>
  );
};

/** Both languages of a name, side by side. `long`: sentences. */
export const NamesFields = ({
  path,
  value,
  long = false,
  label = 'editor.name',
  onChange,
}: {
  path: string;
  value: Names;
  long?: boolean;
  label?: string;
  onChange: (names: Names, tag: string) => void;
}) => {
  const { t } = useTranslation();
  return (
    <div className="c-edit-pair">
      {(['zh', 'en'] as const).map((language) => (
        <EditField key={language} path={`${path}.${language}`} label={t(`${label}.${language}`)}>
          {(field) => {
            const props = {
              ...field,
              lang: language === 'zh' ? 'zh-CN' : 'en',
              value: value[language],
              maxLength: 200,
              onChange: (event: { target: { value: string } }) =>
                onChange({ ...value, [language]: event.target.value }, `${path}.${language}`),
            };
            return long ? <Input.TextArea {...props} autoSize={{ minRows: 2, maxRows: 6 }} /> : <Input {...props} />;
          }}
        </EditField>
      ))}
    </div>
  );
};
