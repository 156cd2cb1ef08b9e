import { defineConfig } from 'vitest/config';

const starting = ['test/start.e2e.ts'];
const people = ['test/stories.e2e.ts'];
const views = ['test/faces.e2e.ts'];

/** A project of some files, in its turn: projects of one turn share their workers. */
const project = (name: string, include: string[], turn: { groupOrder: number; maxWorkers: number }, more: { exclude?: string[] } = {}) => ({
  extends: true as const,
  test: {
    name,
    include,
    ...more,
    maxWorkers: turn.maxWorkers,
    sequence: { groupOrder: turn.groupOrder },
    globalSetup: ['test/web.setup.ts', ...(name === 'programs' ? ['test/postgres.setup.ts'] : [])],
  },
});

const inPairs = { groupOrder: 0, maxWorkers: 2 };
const alone = { groupOrder: 1, maxWorkers: 1 };

/**
 * Whole stories: the real program, the real store, a real browser. Two files at a time, each with programs of its own; how soon the program starts is
 * seen alone. Projects of one turn come in the order of their names: what people do within seconds begins, what keeps two cores busy comes last.
 */
export default defineConfig({
  test: {
    projects: [
      project('people', people, inPairs),
      project('programs', ['test/**/*.e2e.ts'], inPairs, { exclude: [...starting, ...people, ...views] }),
      project('views', views, inPairs),
      project('starting', starting, alone),
    ],
    testTimeout: 300_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
