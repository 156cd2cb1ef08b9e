import fc from 'fast-check';

/** Property tests explore new cases at a desk; `SEED=n` repeats one walk, as `.ci/run` does, so that a green commit stays green. */
if (process.env.SEED !== undefined) fc.configureGlobal({ seed: Number(process.env.SEED) });
