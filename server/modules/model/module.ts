import type { House, Module } from '#platform/module';
import { isMorning } from './days.ts';
import { migrations } from './migrations.ts';
import { observeDaily, observeNext } from './observing.ts';
import { refreshDaily, refreshNext } from './refreshing.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { askForWork } from './store.ts';
import { trainNext } from './training.ts';

let stopping = new AbortController();
let working: Promise<void> | undefined;
let again = false;

/** Works off renewals, observations and trainings until none waits; renewals first, for people look at scores. One at a time in a program. */
async function workOff(house: House): Promise<void> {
  const { signal } = stopping;
  while (again && !signal.aborted) {
    again = false;
    while (
      !signal.aborted &&
      ((await refreshNext(house, signal)) || (await observeNext(house, signal)) || (await trainNext(house, signal)))
    );
  }
}

export const model: Module = {
  name: 'model',
  migrations,
  refusals,
  routes,
  async start() {
    stopping = new AbortController();
  },
  jobs: (house) => ({
    'model.work': async () => {
      again = true;
      if (working) return; // it looks once more; a job that waited would keep others from their turn
      working = workOff(house).finally(() => {
        working = undefined;
      });
      await working;
    },
    'model.daily': async () => {
      if (!isMorning(house.config.zone, Date.now())) return;
      await refreshDaily(house, Date.now());
      await observeDaily(house, Date.now());
      await askForWork(house.db);
    },
  }),
  // whatever waits, and whose worker was lost; each model once a day
  crontab: '* * * * * model.work\n*/30 * * * * model.daily',
  async stop() {
    stopping.abort(new Error('the program ends'));
    await working?.catch(() => undefined);
  },
};
