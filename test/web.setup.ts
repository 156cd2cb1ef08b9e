import path from 'node:path';
import { buildWeb } from '../server/platform/webbuild.ts';

/** The web apps are built once, before several programs start that would each build them. */
export default async function setup(): Promise<void> {
  await buildWeb(path.resolve(import.meta.dirname, '..'));
}
