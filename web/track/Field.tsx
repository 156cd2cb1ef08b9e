interface Props {
  name: string;
  label: string;
  hint?: string;
  value: string;
  error: string | null;
  mode: 'text' | 'tel';
  /** `tel` may be filled in by the browser; `off` keeps it from remembering (identity numbers). */
  complete: 'tel' | 'off';
  onChange(value: string): void;
}

/** A labelled field with its hint and its error, tied together for screen readers. */
export const Field = ({ name, label, hint, value, error, mode, complete, onChange }: Props) => {
  const told = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div className="t-field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={complete === 'off' ? undefined : name}
        type={mode}
        inputMode={mode}
        autoComplete={complete}
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        maxLength={128}
        data-1p-ignore={complete === 'off' || undefined}
        data-lpignore={complete === 'off' || undefined}
        enterKeyHint="search"
        value={value}
        aria-invalid={error !== null}
        aria-describedby={told || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {error && (
        <p id={`${name}-error`} className="t-field-error">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${name}-hint`} className="t-field-hint">
          {hint}
        </p>
      )}
    </div>
  );
};
