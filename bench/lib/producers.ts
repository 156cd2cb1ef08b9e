import { checked, connect } from './http.ts';
import { postEvents } from './server.ts';
import { portions } from './workload.ts';

export const PRODUCERS = 6;
export const LINES = 200;

/** Posts lines by six producers, each its next portion as soon as the last is answered. Answers the bodies and the ms from first to last. */
export async function produce(url: string, lines: readonly string[]): Promise<{ bodies: string[]; ms: number }> {
  const posts = portions(lines, LINES).map(postEvents);
  const connections = await Promise.all(Array.from({ length: PRODUCERS }, () => connect(url)));
  const bodies: string[] = [];
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    connections.map(async (c) => {
      for (let p = posts[next++]; p !== undefined; p = posts[next++]) bodies.push(checked(await c.ask(p)).body);
    }),
  );
  const ms = performance.now() - begin;
  for (const c of connections) c.close();
  return { bodies, ms };
}
