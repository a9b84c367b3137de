import Fastify from 'fastify';
import { expect, test, vi } from 'vitest';
import { AppError } from '../../../server/core/app-error.ts';
import { guardAgainstOverload, servedUnderPressure } from '../../../server/ops/overload.ts';
import { errorBody, faultOf } from '../../../server/scim/scim-error.ts';

/** Keeps the event loop from turning, as a computation that is too long does. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

async function pressedApp() {
  const app = Fastify();
  await guardAgainstOverload(app, { maxEventLoopDelay: 20, sampleInterval: 50, retryAfter: 3 });
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof AppError)) throw error;
    return reply.code(error.status).send({ code: error.code });
  });
  app.register(
    async (scim) => {
      scim.setErrorHandler((error, _request, reply) => {
        const fault = faultOf(error);
        if (fault === undefined) throw error;
        return reply.code(fault.status).type('application/scim+json').send(errorBody(fault));
      });
      scim.get('/*', async () => ({}));
    },
    { prefix: '/c' },
  );
  app.get('/work', async () => 'done');
  app.get('/alive', servedUnderPressure, async () => 'alive');
  await app.ready();
  return app;
}

test('a server that lags turns requests away, and serves them again when it has caught up', async () => {
  const app = await pressedApp();
  expect((await app.inject('/work')).statusCode).toBe(200);
  await vi.waitUntil(() => {
    block(60);
    return app.isUnderPressure();
  });
  const refused = await app.inject('/work');
  expect(refused.statusCode).toBe(503);
  expect(refused.headers['retry-after']).toBe('3');
  expect(refused.json()).toEqual({ code: 'database.busy' });
  const scim = await app.inject('/c/okta/scim/v2/Users');
  expect([scim.statusCode, scim.headers['retry-after']]).toEqual([503, '3']);
  expect(scim.json()).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '503',
  });
  expect((await app.inject('/nowhere')).statusCode).toBe(503);
  expect((await app.inject('/alive')).body).toBe('alive');
  await vi.waitUntil(() => !app.isUnderPressure());
  expect((await app.inject('/work')).statusCode).toBe(200);
  await app.close();
});
