import { afterAll, beforeAll, describe } from 'vitest';
import { audienceStories } from './stories/audiences.ts';
import { customerStories } from './stories/customer.ts';
import { customersStories } from './stories/customers.ts';
import { derivationStories } from './stories/derivations.ts';
import { deskStories } from './stories/desk.ts';
import { duplicateStories } from './stories/duplicates.ts';
import { gridStories } from './stories/grid.ts';
import { modelStories } from './stories/models.ts';
import { scenarioStories } from './stories/scenarios.ts';
import { systemStories } from './stories/systems.ts';
import { weightStories } from './stories/weight.ts';
import { makeWorld, type World } from './stories/world.ts';

/** Whole stories, each as one of its users lives it: by role and label, with the clicks counted. */

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 120_000);
afterAll(() => world?.end());

describe('a customer', () => customerStories(() => world));
describe('at the desks', () => deskStories(() => world));
describe('those who run the systems', () => systemStories(() => world));
describe('those who shape the journeys', () => scenarioStories(() => world));
describe('those who choose whom to meet', () => audienceStories(() => world));
describe('those who know the customers', () => {
  customersStories(() => world);
  derivationStories(() => world);
  modelStories(() => world);
});
describe('those who answer for a grid', () => gridStories(() => world));
describe('those who keep the records', () => duplicateStories(() => world));
describe('on a bad line', () => weightStories(() => world));
