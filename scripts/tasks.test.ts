import { expect, test } from 'vitest';
import { modules } from '../server/main.ts';
import en from '../web/console/i18n/operation.en.ts';
import zh from '../web/console/i18n/operation.zh.ts';

const tasks = modules.flatMap((m) => [...(m.crontab ?? '').matchAll(/^\s*(?:\S+\s+){5}(\S+)/gm)].map(([, task]) => task as string));

test('every task of the clock has its words on the page of operation, in both languages', () => {
  expect(tasks.length).toBeGreaterThan(5);
  for (const task of tasks) {
    const name = task.replace('.', '_');
    expect(
      [zh.taskIs, en.taskIs].map((words) => (words as Record<string, string>)[name]),
      task,
    ).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  }
});
