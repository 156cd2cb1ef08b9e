import type { FastifyRequest } from 'fastify';
import type { App } from '#platform/http';
import type { House } from '#platform/module';
import { sentence } from '#platform/refusals';
import { Refused, refuse } from '#platform/result';
import { Taken } from './contract.ts';
import { takeEnterprises } from './intake.ts';
import type { Wrong } from './item.ts';

const BYTES = 32 << 20;

const isLines = (req: FastifyRequest): boolean => /^application\/x-ndjson\b/i.test(req.headers['content-type'] ?? '');

/** Enterprises in: lines or an array, at most 10,000, all or nothing. */
export function intakeRoutes(app: App, house: House): void {
  void app.register(async (scope) => {
    const whole = { parseAs: 'buffer' as const, bodyLimit: BYTES };
    for (const type of ['application/json', 'application/x-ndjson'])
      scope.addContentTypeParser(type, whole, (_req, body, done) => done(null, body));
    scope.post(
      '/api/enterprises',
      { config: { right: 'enterprise:send' }, bodyLimit: BYTES, schema: { tags: ['enterprises'], response: { 200: Taken } } },
      async (req) => {
        const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
        return house.db
          .inTx(req.actor, (ctx) => takeEnterprises(ctx, house, { body, form: isLines(req) ? 'lines' : 'array' }))
          .catch((e: unknown) => {
            throw e instanceof Refused && e.refusal.code === 'enterprise.refused' ? told(e, req) : e;
          });
      },
    );
  });

  /** The same refusal with a sentence for each line. */
  function told({ refusal }: Refused, req: FastifyRequest): Refused {
    const items = (refusal.details.items as Wrong[]).map(({ line, code, details }) => ({
      line,
      code,
      message: sentence(app.refusals, req.lang, code, details),
      details,
    }));
    return new Refused(refuse(refusal.code, { ...refusal.details, items }));
  }
}
