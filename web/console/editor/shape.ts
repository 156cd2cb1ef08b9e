import type { z } from 'zod';
import { type Names, type Problem, Scenario } from '#scenario/contract';

/** What is not filled in, or not in the agreed form: such a draft cannot be sent, so it is said here and not by the server's check. */

type Found = z.infer<typeof Problem>;

const SENTENCES: Record<'empty' | 'id' | 'long' | 'least' | 'number' | 'unknown' | 'form', Names> = {
  empty: { zh: '请填写。', en: 'Please fill this in.' },
  id: {
    zh: '编号只能用小写字母、数字和短横线，以字母或数字开头，最多 64 个字符。',
    en: 'An id has small letters, digits and hyphens only, begins with a letter or digit, and has 64 characters at most.',
  },
  long: { zh: '太长或太多了。', en: 'This is too long, or too many.' },
  least: { zh: '至少要有一个。', en: 'At least one is needed.' },
  number: { zh: '请填写时长，例如 20 秒、30 分钟、4 小时、2 天。', en: 'Please give a length of time, such as 20 s, 30 min, 4 h, 2 d.' },
  unknown: { zh: '这个字段没有人认识。', en: 'Nobody knows this field.' },
  form: { zh: '不是约定的形式。', en: 'This is not in the agreed form.' },
};

type Issue = z.core.$ZodIssue;

function sentenceOf(issue: Issue): keyof typeof SENTENCES {
  const last = issue.path.at(-1);
  if (['p50', 'p90', 'seconds', 'within'].includes(String(last))) return 'number';
  if (issue.code === 'unrecognized_keys') return 'unknown';
  if (issue.code === 'too_small') return issue.origin === 'array' ? 'least' : 'empty';
  if (issue.code === 'too_big') return 'long';
  if (issue.code === 'invalid_format') return last === 'id' || last === 'stage' ? 'id' : 'form';
  return issue.code === 'invalid_type' && issue.input === undefined ? 'empty' : 'form';
}

/** Where something is missing or malformed, in the form of the server's problems; empty when the draft can be sent. */
export function shapeProblems(value: unknown): Found[] {
  const answer = Scenario.safeParse(value);
  return answer.success ? [] : problemsOf(answer.error.issues);
}

export const problemsOf = (issues: readonly Issue[]): Found[] =>
  issues.map((issue) => {
    const code = sentenceOf(issue);
    const keys = issue.code === 'unrecognized_keys' ? [issue.keys[0]!] : [];
    return { path: [...issue.path, ...keys].join('.'), code: `form-${code}`, names: SENTENCES[code] };
  });
