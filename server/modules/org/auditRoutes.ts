import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Actor } from '#platform/actor';
import { type Audited, audit, auditTrail } from '#platform/audit';
import { CSV_BEGIN, csvLine } from '#platform/csv';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { AuditEntry } from './contract.ts';
import { accountsIn } from './store.ts';

const PORTION = 1_000;

const Asked = z.object({
  actor: z.string().optional(),
  act: z.string().optional(),
  object: z.string().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
const Page = Asked.extend({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.coerce.number().int().optional() });
const TrailPage = z.object({ items: z.array(AuditEntry), nextCursor: z.string().nullable() });

const HEADS = {
  zh: ['时间', '人员', '账号', '操作', '对象', '原因', '详情', '网络地址'],
  en: ['Time', 'Who', 'Account', 'Act', 'Object', 'Reason', 'Details', 'Address'],
} as const;

const cells = (r: Audited): string[] => [
  r.at.toISOString(),
  r.actor.name,
  r.actor.id,
  r.act,
  r.object,
  r.reason ?? '',
  Object.keys(r.details).length === 0 ? '' : JSON.stringify(r.details),
  r.address ?? '',
];

/** The trail of the caller's own area: in pages, and whole as a file. */
export function auditRoutes(app: App, { db }: House): void {
  const tags = ['people'];
  const filterOf = async (caller: Actor, { actor, from, to, ...rest }: z.infer<typeof Asked>) => {
    const own = caller.areas === 'all' ? undefined : await accountsIn(db, caller.areas);
    const actors = actor === undefined ? own : (own?.filter((id) => id === actor) ?? [actor]);
    return { ...rest, actors, from: from ? new Date(from) : undefined, to: to ? new Date(to) : undefined };
  };

  app.get(
    '/api/audit',
    { config: { right: 'audit:read' }, schema: { tags, querystring: Page, response: { 200: TrailPage } } },
    async (req) => {
      const { cursor, limit, ...asked } = req.query;
      const rows = await auditTrail(db, { ...(await filterOf(req.actor, asked)), limit, before: cursor });
      return {
        items: rows.map((r) => ({ ...r, at: r.at.toISOString() })),
        nextCursor: rows.length === limit ? String(rows.at(-1)?.id) : null,
      };
    },
  );

  app.get('/api/audit/export.csv', { config: { right: 'audit:read' }, schema: { tags, querystring: Asked } }, async (req, reply) => {
    const filter = await filterOf(req.actor, req.query);
    await db.inTx(req.actor, (ctx) => audit(ctx, 'audit.exported', 'audit', { details: { ...req.query }, address: req.ip }));
    const heads = HEADS[req.lang];
    async function* lines() {
      yield CSV_BEGIN + csvLine(heads);
      let before: number | undefined;
      for (;;) {
        const rows = await auditTrail(db, { ...filter, limit: PORTION, before });
        if (rows.length > 0) yield rows.map((r) => csvLine(cells(r))).join('');
        if (rows.length < PORTION) return;
        before = rows.at(-1)?.id;
      }
    }
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="audit.csv"')
      .send(Readable.from(lines(), { objectMode: false }));
  });
}
