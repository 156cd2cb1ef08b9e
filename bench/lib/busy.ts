import { parentPort } from 'node:worker_threads';

/** A thread that is told "for so many ms" and answers how much arithmetic it got done in that time. */
parentPort?.on('message', (ms: number) => {
  let x = 1;
  let rounds = 0;
  for (const until = performance.now() + ms; performance.now() < until; rounds++)
    for (let i = 0; i < 20_000; i++) x = (Math.imul(x, 1_664_525) + 1_013_904_223) | 0;
  parentPort?.postMessage(x === 7 ? rounds + 1 : rounds);
});
