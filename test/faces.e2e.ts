import { afterAll, beforeAll, describe } from 'vitest';
import { faceStories } from './stories/faces.ts';
import { makeWorld, type World } from './stories/world.ts';

/** What every page owes everybody. A server and a browser of its own, so that it is looked through beside the stories. */

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.end());

describe('every page and face', () => faceStories(() => world));
