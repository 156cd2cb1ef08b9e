import type { Refusals } from '#platform/module';

export const refusals: Refusals = {
  'model.exists': { status: 409, zh: '模型 {id} 已登记', en: 'The model {id} is there already' },
  'model.no-tag': { status: 422, zh: '没有标签 {tag}', en: 'There is no tag {tag}' },
  'model.label-not-flag': {
    status: 422,
    zh: '目标标签 {tag} 不是“是否”类型，不能预测',
    en: 'The tag {tag} is no flag; a model can foresee a yes or no only',
  },
  'model.label-missing': {
    status: 422,
    zh: '训练的模型必须指定目标标签',
    en: 'A model that is trained needs the flag that it is to foresee',
  },
  'model.score-taken': {
    status: 409,
    zh: '标签 {tag} 已由 {source} 提供，不能用来存放本模型的评分',
    en: 'The tag {tag} comes from {source}; the scores of this model need one of their own',
  },
  'model.score-not-number': {
    status: 422,
    zh: '标签 {tag} 不是数值，不能当作评分',
    en: 'The tag {tag} is no number and cannot be a score',
  },
  'model.input-not-allowed': {
    status: 422,
    zh: '标签 {tag} 不能作为输入：{reason}',
    en: '{tag} cannot be an input: {reason}',
  },
  'model.no-inputs': {
    status: 422,
    zh: '没有可用的输入标签：请先为标签写明允许用途',
    en: 'No tag may be an input: say in the catalogue first what tags may be used for',
  },
  'model.from-outside': {
    status: 422,
    zh: '评分由外部系统给出，不在这里训练或发布',
    en: 'The scores come from outside; there is nothing to train or publish here',
  },
  'model.training': {
    status: 409,
    zh: '第 {n} 版正在训练，请等它结束或先取消',
    en: 'Version {n} is being trained; wait for it or cancel it',
  },
  'model.not-now': { status: 409, zh: '第 {n} 版当前状态不允许此操作', en: 'Version {n} is not in a state for this' },
  'model.too-few': {
    status: 422,
    zh: '目标已知的客户太少：{n} 位，其中是 {positives} 位；至少 1,000 位，且是、否各至少 50 位',
    en: 'Too few of whom the outcome is known: {n}, {positives} of them yes; at least 1,000 are needed, 50 of each',
  },
  'model.says-nothing': {
    status: 422,
    zh: '所选输入对所有客户都一样，学不到东西',
    en: 'The inputs are the same for everybody; there is nothing to learn from',
  },
  'model.no-version': {
    status: 409,
    zh: '模型没有在用的版本，无从撤回',
    en: 'No version of the model is in use; there is nothing to withdraw',
  },
  'model.watched-here': {
    status: 409,
    zh: '{from}起由本系统逐日监测，只能补录更早的日子；{day}不行',
    en: 'The scores are watched here from {from} on; only days before that can be handed in, and {day} is none',
  },
  'model.impossible-day': {
    status: 422,
    zh: '日期 {day} 不在可补录的范围内（今天以前、{most} 天之内，且不早于所检验的日子）',
    en: 'The day {day} cannot be handed in: before today, within {most} days, and not before the day that it judges',
  },
  'model.day-twice': { status: 422, zh: '{day}在同一次补录里出现了两次', en: '{day} is there twice' },
  'model.score-beyond': { status: 422, zh: '{day}的评分 {score} 超出满分 {full}', en: 'The score {score} of {day} is beyond {full}' },
  'model.trained-here': {
    status: 422,
    zh: '本系统训练的模型只按自己的逐日记录监测，不接受补录',
    en: 'A model that is trained here is watched by its own days; none can be handed in',
  },
  'model.observed-today': {
    status: 409,
    zh: '{day}已经留存过一份',
    en: 'There is an observation of {day} already',
  },
  'model.observations-full': {
    status: 409,
    zh: '已有 {most} 份留存都还在等结果，最早的一份 {due} 才知道；请先删掉一份，或等到那时',
    en: 'All {most} observations still wait for their outcome, the first until {due}; throw one away, or wait until then',
  },
  'model.not-ripe': {
    status: 409,
    zh: '{day}没有可以用来训练的留存：没有留存过，或结果还没有知道',
    en: 'There is nothing to learn from of {day}: no observation was kept, or its outcome is not known yet',
  },
  'model.observation-gone': {
    status: 409,
    zh: '要用的留存已被删除，请重新选择后再训练',
    en: 'An observation that was to be learned from was thrown away; choose again and train anew',
  },
  'model.cancelled': { status: 409, zh: '训练已取消', en: 'The training was cancelled' },
  'model.interrupted': {
    status: 409,
    zh: '训练几次都被中断，已停止；请看日志后重新训练',
    en: 'The training was interrupted several times and was given up; look into the log and train again',
  },
  'model.fault': { status: 409, zh: '训练出错，详见日志', en: 'The training broke off; the log says why' },
  'model.gone': {
    status: 409,
    zh: '目标标签或适用范围已失效，请检查',
    en: 'The label or the population is no longer sound; please check them',
  },
};
