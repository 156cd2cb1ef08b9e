import { parentPort, workerData } from 'node:worker_threads';
import { makeLoader, type Reading } from './load.ts';
import { NoRoom } from './memory-block.ts';
import { makeAnswers, type People, type Spread } from './worker-answers.ts';
import { openMemories, type Share } from './worker-memories.ts';
import { type Step, TooLarge } from './worker-plan.ts';
import { inTurns, type Sliced, Stopped } from './worker-slices.ts';

/** What a thread of the engine is asked, and what it answers. What is long is done in turns, a slice of each; the rest when it comes. */
export type Ask = Long | Short;
type Long =
  | { readonly ask: 'count'; readonly step: Step; readonly counting: 'lines' | 'all' }
  | { readonly ask: 'hold'; readonly id: number; readonly step: Step }
  | {
      readonly ask: 'histogram' | 'bars';
      readonly id: number;
      readonly tag: number;
      readonly from: bigint;
      readonly each: bigint;
      readonly bins: number;
    }
  | { readonly ask: 'codes'; readonly id: number; readonly tag: number };
type Short =
  | { readonly ask: 'stage'; readonly reading: Reading }
  | { readonly ask: 'install' | 'discard' }
  | { readonly ask: 'drop'; readonly tags: readonly number[] }
  | { readonly ask: 'trim'; readonly id: number; readonly people: People }
  | { readonly ask: 'release'; readonly ids: readonly number[] }
  | { readonly ask: 'extent'; readonly tag: number }
  | { readonly ask: 'write'; readonly id: number; readonly people: People; readonly places: Float64Array; readonly to: Uint32Array }
  | { readonly ask: 'stop'; readonly of: number }
  | { readonly ask: 'close' };

/** Why there is no answer: no room in the memories, too large a plan, nobody who waits for it, or a fault. */
export type Failure = { readonly why: 'no-room' | 'too-large' | 'given-up' | 'fault'; readonly message: string };
export type Answer =
  | { readonly n: number; readonly used: number; readonly value: unknown }
  | { readonly n: number; readonly failed: Failure };

const port = parentPort;
if (port) {
  const { url, share } = workerData as { url: string; share: Share };
  const memories = openMemories(share);
  const answers = makeAnswers(memories);
  const loader = makeLoader(url, memories);

  const turns = inTurns(setImmediate);

  const long = (a: Ask): Sliced<unknown> | undefined => {
    switch (a.ask) {
      case 'count':
        return answers.count(a.step, a.counting);
      case 'hold':
        return answers.hold(a.id, a.step);
      case 'histogram':
        return answers.histogram(a.id, a);
      case 'bars':
        return answers.bars(a.id, a);
      case 'codes':
        return answers.codes(a.id, a.tag);
      default:
        return undefined;
    }
  };
  const short = (a: Short): unknown => {
    switch (a.ask) {
      case 'stage':
        return loader.stage(a.reading);
      case 'install':
        for (const { tags } of memories.all) tags.install();
        return undefined;
      case 'discard':
        for (const { tags } of memories.all) tags.discard();
        return undefined;
      case 'drop':
        for (const tag of a.tags) for (const { tags } of memories.all) tags.drop(tag);
        return undefined;
      case 'trim':
        return answers.trim(a.id, a.people);
      case 'release':
        return answers.release(a.ids);
      case 'extent':
        return answers.extent(a.tag);
      case 'write':
        return answers.write(a.id, a.people, a.places, a.to);
      case 'stop':
        return turns.stop(a.of);
      case 'close':
        return loader.close();
    }
  };
  const why = (e: unknown): Failure['why'] => {
    if (e instanceof Stopped) return 'given-up';
    return e instanceof NoRoom ? 'no-room' : e instanceof TooLarge ? 'too-large' : 'fault';
  };
  const fail = (n: number, e: unknown): void =>
    port.postMessage({ n, failed: { why: why(e), message: (e as Error).message } } satisfies Answer);
  const give = (n: number, value: unknown): void => {
    const bins = (value as Partial<Spread> | undefined)?.bins;
    port.postMessage({ n, used: memories.used(), value } satisfies Answer, bins ? [bins.buffer as ArrayBuffer] : []);
  };
  port.on('message', ({ n, ask }: { n: number; ask: Ask }) => {
    try {
      const slices = long(ask);
      if (slices !== undefined) {
        turns.begin(
          n,
          slices,
          (v) => give(n, v),
          (e) => fail(n, e),
        );
        return;
      }
      const value = short(ask as Short);
      if (value instanceof Promise)
        value.then(
          (v) => give(n, v),
          (e) => fail(n, e),
        );
      else give(n, value);
    } catch (e) {
      fail(n, e);
    }
  });
}
