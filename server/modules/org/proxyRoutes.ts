import { audit } from '#platform/audit';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { refuse } from '#platform/result';
import { Proxies } from './contract.ts';
import * as store from './store.ts';

const NAME = 'proxies';
const CHANGED = 'org.proxies-changed';

/**
 * Which reverse proxies stand before us. Without them every caller would have the proxy's address, and share its limits; with a
 * header believed from anybody, every caller could choose his own.
 */
export function proxyRoutes(app: App, { db, live, log }: House): void {
  const load = async () => {
    const found = await store.findSetting<Proxies>(db, NAME);
    app.proxies.clear();
    for (const address of found?.value.addresses ?? []) app.proxies.add(address);
  };
  const reload = () => void load().catch((e: Error) => log.warn({ reason: e.message }, 'the proxies could not be read'));
  app.addHook('onReady', load);
  live.on(CHANGED, reload);

  const tags = ['people'];
  app.get('/api/proxies', { config: { right: 'org:manage' }, schema: { tags, response: { 200: Proxies } } }, async () => ({
    addresses: [...app.proxies],
  }));
  app.put('/api/proxies', { config: { right: 'org:manage' }, schema: { tags, body: Proxies, response: { 200: Proxies } } }, async (req) => {
    await db.inTx(req.actor, async (ctx) => {
      if (ctx.actor.areas !== 'all') return refuse('auth.forbidden', { right: 'org:manage' });
      await store.putSetting(ctx.tx, NAME, req.body);
      return audit(ctx, 'setting.changed', `setting:${NAME}`, { details: req.body, address: req.ip });
    });
    await load();
    live.announce(CHANGED, null);
    return req.body;
  });
}
