// Lets a server stop as soon as all that it has begun is answered, whatever connections its clients hold open beside. Knows
// connections, no signal.
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * When `app` closes, connections on which nothing was ever sent are closed: browsers open some in advance, and Node takes
 * them for busy until the time for a first request is over. Those with a request under way are closed behind its answer,
 * in the place of being kept for a next one.
 */
export function stopPromptly(app: FastifyInstance): void {
  const open = new Set<Socket>();
  let closing = false;
  app.server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
