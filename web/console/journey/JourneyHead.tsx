import { useTranslation } from 'react-i18next';
import type { JourneyDetail } from '#tracking/contract';
import { duration, nearMoment } from '../../kit/format.ts';
import { useNow, useWhere } from '../../kit/hooks.ts';
import { Icon } from '../../kit/icons.tsx';
import { LiveSign } from '../../kit/LiveSign.tsx';
import type { LiveState } from '../../kit/live.ts';
import { StageLine } from '../../kit/StageLine.tsx';
import { StateTag } from '../../kit/StateTag.tsx';
import { useNames } from '../words.ts';
import { type Fact, headline } from './headline.ts';
import { journeyState } from './journeyState.ts';
import { whoHas } from './whoHas.ts';

const TONES: Partial<Record<Fact['is'], string>> = { waiting: 'c-fact-wait', silent: 'c-fact-wait', slow: 'c-fact-bad' };

const toneOf = (fact: Fact) => {
  if (fact.is === 'promise' && fact.late) return 'c-fact-bad';
  if (fact.is === 'done' && fact.late) return 'c-fact-bad';
  return TONES[fact.is] ?? '';
};

/** Where it is, who has it, why it is late: said first, in sentences. */
export const JourneyHead = ({ journey, live }: { journey: JourneyDetail; live: LiveState }) => {
  const { t } = useTranslation();
  const names = useNames();
  const phone = journey.holder?.colleague?.phone;
  const where = useWhere();
  const now = useNow();
  const long = (s: number) => duration(s, where.lang);
  const when = (at: string) => nearMoment(at, where, now);
  const list = new Intl.ListFormat(where.lang, { type: 'conjunction' });

  const say = (fact: Fact): string => {
    switch (fact.is) {
      case 'done':
        return [
          t('headline.done', { at: when(fact.at), time: long(fact.seconds) }),
          fact.net !== null && fact.net < fact.seconds - 60 ? t('headline.net', { time: long(fact.net) }) : '',
          fact.late === null ? '' : t(fact.late ? 'headline.wasLate' : 'headline.wasKept'),
        ].join('');
      case 'cancelled':
        return t(fact.reason ? 'headline.cancelledFor' : 'headline.cancelled', { at: when(fact.at), reason: fact.reason ?? '' });
      case 'held': {
        const what = journey.milestones.find((m) => m.state === 'active');
        return [
          t(what ? 'headline.heldFor' : 'headline.held', {
            holder: whoHas(journey.holder!, names.of),
            milestone: what ? names.of(what.names) : '',
            since: when(fact.since),
            time: long(fact.seconds),
          }),
          fact.beyond ? t('headline.beyond', { time: long(fact.beyond) }) : '',
        ].join('');
      }
      case 'nobody':
        return t('headline.nobody');
      case 'waiting':
        return t(fact.overrun ? 'headline.waitOverrun' : fact.until ? 'headline.waitUntil' : 'headline.wait', {
          wait: names.of(journey.wait!.names),
          since: when(fact.since),
          until: fact.until ? when(fact.until) : '',
        });
      case 'next':
        return t('headline.next', { milestone: names.of(fact.names), holder: names.holder(fact.holder) });
      case 'usual':
        return fact.p90 > 0 ? t('headline.usual', { p50: long(fact.p50), p90: long(fact.p90) }) : '';
      case 'promise':
        if (fact.paused) return t('headline.paused', { to: when(fact.to) });
        return t(fact.late ? 'headline.late' : 'headline.promise', { to: when(fact.to), time: long(Math.abs(fact.left)) });
      case 'slow':
        return t('headline.slow', {
          causes: list.format(
            fact.causes.map((cause) =>
              t(cause.kind === 'wait' ? 'headline.causeWait' : 'headline.cause', {
                name: names.of(cause.names),
                time: long(cause.seconds),
              }),
            ),
          ),
        });
      case 'silent':
        return t('headline.silent', { source: names.system(fact.source), since: fact.since ? when(fact.since) : t('headline.never') });
    }
  };
  const state = journeyState(journey, now);
  const facts = headline(journey, now)
    .map((fact) => ({ key: fact.is === 'silent' ? `silent ${fact.source}` : fact.is, tone: toneOf(fact), text: say(fact) }))
    .filter((fact) => fact.text);
  return (
    <div className="c-journey-head">
      <p className="c-journey-tags">
        <StateTag state={state} />
        <span>{names.of(journey.scenarioNames)}</span>
        {journey.area && <span className="c-soft">{names.area(journey.area)}</span>}
        {journey.urged > 0 && <span className="c-urged">{t('headline.urged', { count: journey.urged })}</span>}
        {journey.state === 'open' && <LiveSign live={live} />}
      </p>
      <div className="c-headline">
        {facts.map((fact) => (
          <p key={fact.key} className={fact.tone}>
            {fact.text}
            {fact.key === 'held' && phone && (
              <a className="c-call" href={`tel:${phone}`}>
                <Icon name="phone" />
                {phone}
              </a>
            )}
          </p>
        ))}
      </div>
      <StageLine
        stages={journey.stages.map((stage) => ({ ...stage, name: names.of(stage.names) }))}
        mood={state === 'late' || state === 'heldBack' ? 'bad' : state === 'waiting' ? 'wait' : 'accent'}
      />
    </div>
  );
};
