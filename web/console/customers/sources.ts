const MODEL = 'model:';

/** Who says what is known: a source system, our rules, a model of ours, or this program itself. */
export function saidBy(source: string): 'source' | 'rule' | 'model' | 'system' | 'nobody' {
  if (source === '') return 'nobody';
  if (source === 'rule') return 'rule';
  if (source === 'glasshouse') return 'system';
  return source.startsWith(MODEL) ? 'model' : 'source';
}
