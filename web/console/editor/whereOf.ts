import type { TFunction } from 'i18next';
import type { Scenario } from '#scenario/contract';
import type { Namer } from '../words.ts';

function thingOf(scenario: Scenario, path: string, names: Namer, t: TFunction): string {
  const [list, index, part, place] = path.split('.');
  const at = Number(index);
  if (list === 'milestones' && scenario.milestones[at]) {
    const milestone = scenario.milestones[at];
    const name = names.of(milestone.names) || milestone.id;
    const step = part === 'steps' && place !== undefined ? milestone.steps[Number(place)] : undefined;
    return step ? `${name} · ${step.type || t('editor.noType')}` : name;
  }
  if (list === 'stages' && scenario.stages[at])
    return `${t('field.stage')} ${names.of(scenario.stages[at].names) || scenario.stages[at].id}`;
  if (list === 'promise') return t('scenario.promise');
  if (list === 'waits') return t('scenario.waits');
  if (list === 'exceptions') return t('scenario.exceptions');
  return list === 'milestones' || list === 'stages' ? t('scenario.graph') : t('editor.basics');
}

/** A path said in the trade's words: `上门 · visit.started`, `上门 · 英文名称`. */
export function whereOf(scenario: Scenario, path: string, names: Namer, t: TFunction): string {
  const lang = /(?:^|\.)names\.(zh|en)$/.exec(path)?.[1];
  const thing = thingOf(scenario, path, names, t);
  return lang ? `${thing} · ${t(`editor.name.${lang}`)}` : thing;
}
