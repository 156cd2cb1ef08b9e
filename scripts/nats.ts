import { natsBinary } from '../test/nats.ts';
import { install, mayInstall } from './chromium.ts';

/** The NATS server that the tests of NATS feeds start: one that is there, else Debian's, installed where that is allowed. Without one they say so. */
export function ensureNats(): void {
  if (natsBinary() !== undefined || !mayInstall()) return;
  try {
    install(['nats-server']);
  } catch {
    console.error('apt could not install nats-server: the tests of NATS feeds will fail.');
  }
}
