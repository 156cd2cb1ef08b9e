import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { parseSearch, writeSearch } from './filter.ts';
import { ConsoleLayout } from './layout/ConsoleLayout.tsx';
import { UnknownPage } from './layout/UnknownPage.tsx';

/** Everything in an address is plain text; each page reads what it knows. */
type Search = Record<string, string | undefined>;

const root = createRootRoute({
  component: ConsoleLayout,
  notFoundComponent: UnknownPage,
  validateSearch: (search): Search => search as Search,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/overview', replace: true });
  },
});

const page = <const P extends string>(path: P, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load as () => Promise<Record<string, never>>, name) });

const routeTree = root.addChildren([
  home,
  page('/overview', () => import('./overview/OverviewPage.tsx'), 'OverviewPage'),
  page('/orders', () => import('./orders/OrderBookPage.tsx'), 'OrderBookPage'),
  page('/journeys/$id', () => import('./journey/JourneyPage.tsx'), 'JourneyPage'),
  page('/repair', () => import('./repair/RepairPage.tsx'), 'RepairPage'),
  page('/analysis', () => import('./analysis/AnalysisPage.tsx'), 'AnalysisPage'),
  page('/sources', () => import('./sources/SourcesPage.tsx'), 'SourcesPage'),
  page('/operation', () => import('./operation/OperationPage.tsx'), 'OperationPage'),
  page('/feeds', () => import('./feeds/FeedsPage.tsx'), 'FeedsPage'),
  page('/import', () => import('./imports/ImportPage.tsx'), 'ImportPage'),
  page('/scenarios', () => import('./scenarios/ScenariosPage.tsx'), 'ScenariosPage'),
  page('/scenarios/$id', () => import('./scenarios/ScenarioPage.tsx'), 'ScenarioPage'),
  page('/scenarios/$id/edit', () => import('./editor/EditorPage.tsx'), 'EditorPage'),
  page('/audiences', () => import('./audiences/AudiencesPage.tsx'), 'AudiencesPage'),
  page('/audiences/new', () => import('./audiences/BuilderPage.tsx'), 'BuilderPage'),
  page('/audiences/$id', () => import('./audiences/BuilderPage.tsx'), 'BuilderPage'),
  page('/tags', () => import('./tags/TagsPage.tsx'), 'TagsPage'),
  page('/tags/$name', () => import('./tags/TagPage.tsx'), 'TagPage'),
  page('/models', () => import('./models/ModelsPage.tsx'), 'ModelsPage'),
  page('/models/$id', () => import('./models/ModelPage.tsx'), 'ModelPage'),
  page('/derivations', () => import('./derivations/DerivationsPage.tsx'), 'DerivationsPage'),
  page('/derivations/$tag', () => import('./derivations/DerivationPage.tsx'), 'DerivationPage'),
  page('/customers', () => import('./customers/CustomersPage.tsx'), 'CustomersPage'),
  page('/customers/$id', () => import('./customers/CustomerPage.tsx'), 'CustomerPage'),
  page('/duplicates', () => import('./duplicates/DuplicatesPage.tsx'), 'DuplicatesPage'),
  page('/retention', () => import('./retention/RetentionPage.tsx'), 'RetentionPage'),
  page('/retention/rules', () => import('./retention/RulesPage.tsx'), 'RulesPage'),
  page('/grid', () => import('./grid/GridPage.tsx'), 'GridPage'),
  page('/enterprises', () => import('./enterprises/EnterprisesPage.tsx'), 'EnterprisesPage'),
  page('/enterprises/tables', () => import('./enterprises/TablesPage.tsx'), 'TablesPage'),
  page('/enterprises/$id', () => import('./enterprises/EnterprisePage.tsx'), 'EnterprisePage'),
  page('/people', () => import('./people/PeoplePage.tsx'), 'PeoplePage'),
  page('/api', () => import('./api/ApiPage.tsx'), 'ApiPage'),
]);

export const router = createRouter({
  routeTree,
  basepath: '/console',
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
