import type { Names } from './contract.ts';

/** What can be wrong with a scenario, and how it is said. `what` and `other`: the ids or figures that the sentence speaks of. */
type Sentence = (what: string, other: string) => Names;

const sentences = {
  'milestones-missing': () => ({
    zh: '还没有关键节点，至少要有一个。',
    en: 'There is no milestone yet; at least one is needed.',
  }),
  'stage-id-twice': (what) => ({
    zh: `阶段编号“${what}”重复，请换一个。`,
    en: `The stage id “${what}” is used twice; choose another.`,
  }),
  'milestone-id-twice': (what) => ({
    zh: `关键节点编号“${what}”重复，请换一个。`,
    en: `The milestone id “${what}” is used twice; choose another.`,
  }),
  'stage-unknown': (what, other) => ({
    zh: `关键节点“${what}”所属的阶段“${other}”不存在。`,
    en: `Milestone “${what}” is in the stage “${other}”, which does not exist.`,
  }),
  'stage-empty': (what) => ({
    zh: `阶段“${what}”下没有关键节点，客户永远到不了这一步。`,
    en: `Stage “${what}” has no milestone, so no customer ever reaches it.`,
  }),
  'stage-order': (what, other) => ({
    zh: `关键节点“${what}”所属的阶段“${other}”排在前一节点的阶段之前，顺序不一致。`,
    en: `Milestone “${what}” is in the stage “${other}”, which comes before the stage of the milestone above it.`,
  }),
  'stage-optional': (what) => ({
    zh: `阶段“${what}”是可选的，但其中有必经的关键节点。`,
    en: `Stage “${what}” is optional, but a milestone in it is not.`,
  }),
  'last-milestone-optional': (what) => ({
    zh: `最后一个关键节点“${what}”是可选的，没有它的订单永远不会完成。`,
    en: `The last milestone “${what}” is optional; a journey without it would never be done.`,
  }),
  'holder-unknown': (what, other) => ({
    zh: `关键节点“${what}”的处理人“${other}”不存在。`,
    en: `Milestone “${what}” has the holder “${other}”, who does not exist.`,
  }),
  'milestone-never-closes': (what) => ({
    zh: `关键节点“${what}”没有收尾环节，永远不会完成。`,
    en: `No step closes milestone “${what}”, so it is never done.`,
  }),
  'closing-step-optional': (what, other) => ({
    zh: `环节“${what}”是可选的，不能收尾必经节点“${other}”。`,
    en: `Step “${what}” is optional and cannot close milestone “${other}”, which is not.`,
  }),
  'step-after-closing': (what, other) => ({
    zh: `必经环节“${what}”排在节点“${other}”的收尾环节之后。`,
    en: `Step “${what}” is required but comes after milestone “${other}” is closed.`,
  }),
  'step-twice': (what, other) => ({
    zh: `来源“${other}”的环节“${what}”在本场景中出现两次，无法判断属于哪个节点。`,
    en: `Step “${what}” of the source “${other}” stands twice in this scenario; nobody could tell which milestone it belongs to.`,
  }),
  'p50-above-p90': (what) => ({
    zh: `环节“${what}”的常见用时（p50）大于较慢用时（p90）。`,
    en: `The usual time (p50) of step “${what}” is longer than its slow time (p90).`,
  }),
  'wait-unknown': (what) => ({ zh: `等待原因“${what}”不存在。`, en: `The wait “${what}” does not exist.` }),
  'wait-twice': (what) => ({ zh: `等待原因“${what}”列了两次。`, en: `The wait “${what}” is listed twice.` }),
  'exception-unknown': (what) => ({ zh: `异常“${what}”不存在。`, en: `The exception “${what}” does not exist.` }),
  'exception-twice': (what) => ({ zh: `异常“${what}”列了两次。`, en: `The exception “${what}” is listed twice.` }),
  'back-to-unclear': (what, other) => ({
    zh: `异常“${what}”要退回到环节“${other}”所在的节点，但有多个节点含有它。`,
    en: `Exception “${what}” goes back to the milestone with step “${other}”, but more than one milestone has it.`,
  }),
  'promise-missing': () => ({
    zh: '还没有对客户的承诺时限，至少要有一条。',
    en: 'Nothing is promised to the customer yet; at least one term is needed.',
  }),
  'term-milestone-unknown': (what) => ({
    zh: `承诺所指的关键节点“${what}”不存在。`,
    en: `A promise speaks of milestone “${what}”, which does not exist.`,
  }),
  'term-from-unknown': (what) => ({
    zh: `承诺的起算节点“${what}”不存在。`,
    en: `A promise is counted from milestone “${what}”, which does not exist.`,
  }),
  'term-from-late': (what, other) => ({
    zh: `承诺从“${other}”起算，但它不在“${what}”之前。`,
    en: `The promise for “${what}” is counted from “${other}”, which does not come before it.`,
  }),
  'term-step-unknown': (what, other) => ({
    zh: `承诺的起算环节“${what}”不在“${other}”及之前的节点中。`,
    en: `A promise is counted from step “${what}”, which does not stand in “${other}” or before it.`,
  }),
  'slot-without-appointment': () => ({
    zh: '承诺按预约时段计算，但场景里没有 appointment.confirmed 环节。',
    en: 'The promise follows the appointed slot, but the scenario has no step appointment.confirmed.',
  }),
  'times-do-not-add-up': (what, other) => ({
    zh: `按各环节的常见用时（p50）相加，到“${what}”要${other}，超过承诺的时限。`,
    en: `The usual times (p50) of the steps up to “${what}” add up to ${other}, more than is promised.`,
  }),
} satisfies Record<string, Sentence>;

export type ProblemCode = keyof typeof sentences;

/** All codes, for tests and for an editor's help. */
export const problemCodes = Object.keys(sentences) as ProblemCode[];

/** One thing that is wrong: `path` leads to it from the scenario ('milestones.3.steps.1.p50'), `names` says it in both languages. */
export type Problem = { path: string; code: ProblemCode; names: Names };

/** A thing's name in both languages, or a word that is the same in both: an id, a step's type. */
export type Word = string | Names;

export function problem(path: string, code: ProblemCode, what: Word = '', other: Word = ''): Problem {
  const say: Sentence = sentences[code];
  const said = (lang: 'zh' | 'en') => say(wordIn(what, lang), wordIn(other, lang))[lang];
  return { path, code, names: { zh: said('zh'), en: said('en') } };
}

const wordIn = (word: Word, lang: 'zh' | 'en') => (typeof word === 'string' ? word : word[lang]);
