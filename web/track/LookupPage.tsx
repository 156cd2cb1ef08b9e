import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiRefusal } from '../kit/api.ts';
import { useTrouble } from '../kit/faces.tsx';
import { duration } from '../kit/format.ts';
import { useWhere } from '../kit/hooks.ts';
import { Icon } from '../kit/icons.tsx';
import { type Ask, askOf, type Fields, type Way } from './ask.ts';
import { Field } from './Field.tsx';
import { Miss } from './Miss.tsx';
import type { View } from './useTracking.ts';

const WAYS: Way[] = ['number', 'person'];
const MET = 'glasshouse.asked';

/** True once after a reload in a tab where something was asked: the only thing remembered is that, not what. */
const wasReloaded = (): boolean => {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  try {
    return entry?.type === 'reload' && sessionStorage.getItem(MET) === '1';
  } catch {
    return false;
  }
};
const remember = () => {
  try {
    sessionStorage.setItem(MET, '1');
  } catch {
    // Storage refused: the hint after a reload is then not shown.
  }
};

/** Seconds left until one may ask again; counts down by itself. */
const useSecondsLeft = (error: unknown): number => {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const wait = error instanceof ApiRefusal && error.status === 429 ? (error.retryAfter ?? 60) : 0;
    const until = Date.now() + wait * 1000;
    setLeft(wait);
    if (!wait) return;
    const beat = setInterval(() => {
      const rest = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(rest);
      if (rest === 0) clearInterval(beat);
    }, 1000);
    return () => clearInterval(beat);
  }, [error]);
  return left;
};

interface Props {
  view: Extract<View, { at: 'form' }>;
  way: Way;
  onWay(way: Way): void;
  onAsk(ask: Ask): void;
}

/** One screen, two ways, at most two fields. */
export const LookupPage = ({ view, way, onWay, onAsk }: Props) => {
  const { t } = useTranslation();
  const { lang } = useWhere();
  const trouble = useTrouble();
  const [fields, setFields] = useState<Fields>({ serviceNumber: '', idNumber: '', phone: '' });
  const [missing, setMissing] = useState<keyof Fields | null>(null);
  const [reloaded] = useState(wasReloaded);
  const left = useSecondsLeft(view.error);
  const answer = useRef<HTMLDivElement>(null);
  const tabs = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (view.miss || view.error) answer.current?.focus({ preventScroll: false });
  }, [view.miss, view.error]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (left > 0 || view.asking) return;
    const asked = askOf(way, fields);
    setMissing('missing' in asked ? asked.missing : null);
    if ('missing' in asked) return document.getElementById(asked.missing)?.focus();
    remember();
    onAsk(asked.ask);
  };
  const turn = (event: KeyboardEvent) => {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    event.preventDefault();
    const next = event.key === 'Home' ? 'number' : event.key === 'End' ? 'person' : way === 'number' ? 'person' : 'number';
    onWay(next);
    tabs.current?.querySelector<HTMLElement>(`[data-way=${next}]`)?.focus();
  };
  const field = (name: keyof Fields) => ({
    name,
    value: fields[name],
    error: missing === name ? t(`form.missing.${name}`) : null,
    onChange: (value: string) => {
      setFields({ ...fields, [name]: value });
      setMissing(null);
    },
  });
  const busy = view.asking || left > 0;
  const button = view.asking ? t('form.asking') : t('form.submit');
  return (
    <div className="t-lookup">
      <div className="t-lookup-words">
        <h1>{t('form.title')}</h1>
        <p className="t-lead">{reloaded && !view.miss && !view.error ? t('form.reloaded') : t('form.lead')}</p>
      </div>
      <div className="t-card">
        {(view.miss || Boolean(view.error)) && (
          <div ref={answer} tabIndex={-1} className="t-answer">
            {view.miss && <Miss kind={view.miss} />}
            {Boolean(view.error) && (
              <p className="t-note g-tone-bad" role="alert">
                <Icon name="alert" />
                <span>{left > 0 ? t('form.wait', { time: duration(left, lang) }) : trouble(view.error)}</span>
              </p>
            )}
          </div>
        )}
        <div className="t-tabs" role="tablist" aria-label={t('form.ways')} ref={tabs} onKeyDown={turn}>
          {WAYS.map((each) => (
            <button
              key={each}
              type="button"
              role="tab"
              id={`tab-${each}`}
              data-way={each}
              aria-selected={way === each}
              aria-controls="lookup"
              tabIndex={way === each ? 0 : -1}
              onClick={() => onWay(each)}
            >
              {t(each === 'number' ? 'form.byNumber' : 'form.byPerson')}
            </button>
          ))}
        </div>
        <div id="lookup" role="tabpanel" aria-labelledby={`tab-${way}`}>
          <form onSubmit={submit} noValidate autoComplete="off">
            {way === 'number' ? (
              <Field
                {...field('serviceNumber')}
                label={t('form.serviceNumber')}
                hint={t('form.serviceNumberHint')}
                mode="text"
                complete="tel"
              />
            ) : (
              <>
                <Field {...field('idNumber')} label={t('form.idNumber')} mode="text" complete="off" />
                <Field {...field('phone')} label={t('form.phone')} mode="tel" complete="tel" />
              </>
            )}
            <p className="t-scope">{t(way === 'number' ? 'form.brief' : 'form.full')}</p>
            <button type="submit" className="g-button g-button-main t-submit" aria-disabled={busy}>
              {left > 0 ? duration(left, lang) : button}
            </button>
          </form>
        </div>
      </div>
      <p className="t-privacy">
        <Icon name="lock" />
        <span>{t('form.privacy')}</span>
      </p>
    </div>
  );
};
