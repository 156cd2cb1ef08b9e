import type { Refusals } from '#platform/module';

export const refusals: Refusals = {
  'transfer.undone': { status: 409, zh: '这次过户已经撤销', en: 'This transfer was taken back already' },
  'transfer.later': {
    status: 409,
    zh: '此后又过户了一次，请先撤销那一次',
    en: 'The service changed hands again since; take that transfer back first',
  },
  'transfer.window-over': {
    status: 422,
    zh: '过户已超过 {days} 天，不能撤销；需要时请再办一次过户',
    en: 'A transfer can be taken back for {days} days; if need be, make another one',
  },
};
