/** Questions of several steps see one state: what changes it waits until they are done, and who comes meanwhile waits for the change. */
export interface Gate {
  reading<T>(fn: () => Promise<T>): Promise<T>;
  writing<T>(fn: () => Promise<T>): Promise<T>;
}

export function makeGate(): Gate {
  let readers = 0;
  let idle: (() => void) | undefined;
  let writer: Promise<unknown> = Promise.resolve();
  let writers = 0;
  return {
    async reading(fn) {
      while (writers > 0) await writer;
      readers++;
      try {
        return await fn();
      } finally {
        if (--readers === 0) idle?.();
      }
    },
    writing(fn) {
      writers++;
      const turn = writer.then(async () => {
        try {
          if (readers > 0)
            await new Promise<void>((done) => {
              idle = done;
            });
          return await fn();
        } finally {
          idle = undefined;
          writers--;
        }
      });
      writer = turn.catch(() => undefined);
      return turn;
    },
  };
}
