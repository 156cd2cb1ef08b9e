import { expect, test } from 'vitest';
import { makeGate } from './engine-gate.ts';

const held = () => {
  let go = (): void => undefined;
  const done = new Promise<void>((open) => {
    go = open;
  });
  return { done, go };
};

test('a change waits for the questions before it, and the questions after it wait for the change', async () => {
  const gate = makeGate();
  const told: string[] = [];
  const [first, second, change] = [held(), held(), held()];
  const questions = [first, second].map((q, i) =>
    gate.reading(async () => {
      await q.done;
      told.push(`question ${i}`);
    }),
  );
  const changing = gate.writing(async () => {
    await change.done;
    told.push('change');
  });
  const late = gate.reading(async () => {
    told.push('late question');
  });
  second.go();
  await questions[1];
  change.go();
  first.go();
  await Promise.all([...questions, changing, late]);
  expect(told).toEqual(['question 1', 'question 0', 'change', 'late question']);
});

test('what fails lets the others through', async () => {
  const gate = makeGate();
  await expect(gate.reading(() => Promise.reject(new Error('a question')))).rejects.toThrow('a question');
  await expect(gate.writing(() => Promise.reject(new Error('a change')))).rejects.toThrow('a change');
  expect(await gate.reading(async () => 'answered')).toBe('answered');
  expect(await gate.writing(async () => 'changed')).toBe('changed');
});
