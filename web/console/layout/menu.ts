import type { Me } from '#org/contract';
import { may } from '../session.ts';

export interface MenuPage {
  path: string;
  /** Key of its name under `menu.`. */
  name: string;
  right: string;
  group: 'watch' | 'know' | 'improve' | 'operate';
  /** Pages of another path that belong to it. */
  also?: string;
}

/** Every page that stands in the menu, and the right that shows it. */
export const PAGES = [
  { path: '/overview', name: 'overview', right: 'journey:read', group: 'watch' },
  { path: '/orders', name: 'orders', right: 'journey:read', group: 'watch' },
  { path: '/customers', name: 'customers', right: 'customer:see', group: 'know' },
  { path: '/duplicates', name: 'duplicates', right: 'duplicate:see', group: 'know' },
  { path: '/audiences', name: 'audiences', right: 'audience:see', group: 'know' },
  { path: '/grid', name: 'grid', right: 'place:see', group: 'know' },
  { path: '/retention', name: 'retention', right: 'retention:see', group: 'know' },
  { path: '/tags', name: 'tags', right: 'tag:see', group: 'know', also: '/derivations' },
  { path: '/models', name: 'models', right: 'model:read', group: 'know' },
  { path: '/enterprises', name: 'enterprises', right: 'enterprise:see', group: 'know' },
  { path: '/analysis', name: 'analysis', right: 'analysis:read', group: 'improve' },
  { path: '/scenarios', name: 'scenarios', right: 'scenario:read', group: 'improve' },
  { path: '/repair', name: 'repair', right: 'journey:repair', group: 'operate' },
  { path: '/sources', name: 'sources', right: 'source:read', group: 'operate' },
  { path: '/feeds', name: 'feeds', right: 'source:read', group: 'operate' },
  { path: '/import', name: 'import', right: 'import:run', group: 'operate' },
  { path: '/operation', name: 'operation', right: 'operation:read', group: 'operate' },
  { path: '/people', name: 'people', right: 'org:read', group: 'operate' },
  { path: '/api', name: 'api', right: 'journey:read', group: 'operate' },
] as const satisfies readonly MenuPage[];

/** The page of the menu to which a path belongs. */
export const pageAt = (path: string): MenuPage | undefined =>
  (PAGES as readonly MenuPage[]).find((page) =>
    [page.path, page.also].some((p) => p !== undefined && (path === p || path.startsWith(`${p}/`))),
  );

export const pagesFor = (me: Me): MenuPage[] => PAGES.filter((page) => may(me, page.right));
