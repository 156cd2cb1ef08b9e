export { announceSources, describeSource, ensureSource, isZone, listSources, loadSources, sourceById } from './service.ts';
export type { SourceRow } from './store.ts';
