import { Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fact, Mistake } from '#rule/contract';
import { parted } from '../retention/ruleText.ts';
import { useNames } from '../words.ts';
import { type Offer, offersFor, taken } from './completion.ts';

interface Props {
  label: string;
  value: string;
  off: boolean;
  facts: readonly Fact[];
  mistakes: readonly Mistake[];
  onChange: (text: string) => void;
}

/** A condition or an expression: tags are offered while it is typed, and its mistake stands below with its place. */
export const ConditionField = ({ label, value, off, facts, mistakes, onChange }: Props) => {
  const { t } = useTranslation();
  const names = useNames();
  const id = useId();
  const field = useRef<TextAreaRef>(null);
  const [offers, setOffers] = useState<readonly Offer[]>([]);
  const [at, setAt] = useState(0);
  const area = () => field.current?.resizableTextArea?.textArea;
  const offer = (text: string, cursor: number) => {
    setOffers(off ? [] : offersFor(text, cursor, facts));
    setAt(0);
  };
  const take = (one: Offer) => {
    const done = taken(value, area()?.selectionStart ?? value.length, one);
    onChange(done.text);
    setOffers([]);
    requestAnimationFrame(() => {
      area()?.focus();
      area()?.setSelectionRange(done.cursor, done.cursor);
    });
  };
  const press = (event: KeyboardEvent) => {
    if (offers.length === 0 || event.nativeEvent.isComposing) return;
    const chosen = offers[at];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      setAt((at + (event.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) take(chosen);
    else if (event.key === 'Escape') setOffers([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [mistake] = mistakes;
  return (
    <div className="c-der-condition">
      <Input.TextArea
        ref={field}
        className="c-code"
        value={value}
        disabled={off}
        maxLength={2_000}
        spellCheck={false}
        autoCapitalize="none"
        autoSize={{ minRows: 1, maxRows: 8 }}
        status={mistake ? 'error' : ''}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={offers.length > 0 ? `${id}-offers` : undefined}
        aria-activedescendant={offers.length > 0 ? `${id}-${at}` : undefined}
        aria-describedby={mistake ? `${id}-wrong` : undefined}
        aria-invalid={mistake !== undefined}
        onChange={(e) => {
          onChange(e.target.value);
          offer(e.target.value, e.target.selectionStart);
        }}
        onKeyDown={press}
        onBlur={() => setOffers([])}
      />
      {offers.length > 0 && (
        <div id={`${id}-offers`} role="listbox" aria-label={t('derivation.offers')} className="c-der-offers">
          {offers.map((one, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's own; the cursor never leaves it
            <div
              key={one.text}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => take(one)}
            >
              <span className="c-code">{one.text.replace(/"$/, '')}</span>
              {one.names && <span className="c-soft"> {names.of(one.names)}</span>}
            </div>
          ))}
        </div>
      )}
      {mistake && (
        <p id={`${id}-wrong`} className="c-der-wrong" role="status">
          <Place text={value} mistake={mistake} /> {names.of(mistake)}
        </p>
      )}
    </div>
  );
};

/** The sign at the place, or the words there. */
const Place = ({ text, mistake }: { text: string; mistake: Mistake }) => {
  const { t } = useTranslation();
  const [before, wrong] = parted(text, mistake);
  if (text.trim() === '') return null;
  return (
    <span className="c-code">
      {t('derivation.at', { place: before.length + 1 })} <mark>{wrong.slice(0, 40) || '␣'}</mark>
    </span>
  );
};
