/** Whoever typed the command took it back (Ctrl-C), or the system asks for the end. */
export class Interrupted extends Error {
  /** As shells count: 128 and the signal's number. */
  readonly code: 130 | 143;
  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super('Interrupted; nothing half is left behind.');
    this.code = signal === 'SIGINT' ? 130 : 143;
  }
}

/** Runs a command's work with a signal that Ctrl-C and SIGTERM give, so that it can clear away what it began. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onInt = () => stop.abort(new Interrupted('SIGINT'));
  const onTerm = () => stop.abort(new Interrupted('SIGTERM'));
  process.on('SIGINT', onInt).on('SIGTERM', onTerm);
  try {
    return await work(stop.signal);
  } catch (e) {
    throw stop.signal.aborted ? stop.signal.reason : e; // what broke because of it says less
  } finally {
    process.off('SIGINT', onInt).off('SIGTERM', onTerm);
  }
}
