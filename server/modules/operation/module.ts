import type { Module } from '#platform/module';
import { routes } from './routes.ts';

export const operation: Module = {
  name: 'operation',
  migrations: [],
  refusals: {
    'operation.no-failed-job': {
      status: 404,
      zh: '没有这个失败的任务：可能已经重新运行，请刷新',
      en: 'There is no such failed job: it may have run since; look again',
    },
  },
  routes,
};
