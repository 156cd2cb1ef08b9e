/**
 * Questions that many callers ask at the same time become one statement: each caller asks for himself, and what has come together by the end
 * of the turn goes out at once, at most `most` questions a statement and `inFlight` statements. A question never joins a statement that was
 * sent already, so whoever asks after a commit sees it. Alone, a question goes out in the same turn and waits for nobody.
 */
export function gather<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
  { most = 100, inFlight = 2 }: { most?: number; inFlight?: number } = {},
): (question: Q) => Promise<A> {
  interface Waiting {
    readonly question: Q;
    readonly done: (a: A) => void;
    readonly failed: (e: unknown) => void;
  }
  let queue: Waiting[] = [];
  let running = 0;
  let due = false;

  const send = async (): Promise<void> => {
    due = false;
    if (running >= inFlight || queue.length === 0) return;
    const batch = queue.length <= most ? queue : queue.slice(0, most);
    queue = queue.length <= most ? [] : queue.slice(most);
    running++;
    if (queue.length > 0) wake();
    try {
      const answers = await ask(batch.map((w) => w.question));
      for (const [i, w] of batch.entries()) w.done(answers[i] as A);
    } catch (e) {
      for (const w of batch) w.failed(e);
    }
    running--;
    if (queue.length > 0) wake();
  };

  const wake = (): void => {
    if (due || running >= inFlight) return;
    due = true;
    setImmediate(() => void send());
  };

  return (question) =>
    new Promise<A>((done, failed) => {
      queue.push({ question, done, failed });
      wake();
    });
}
