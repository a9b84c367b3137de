// Sends a JSON text as SCIM's own media type, which has no parameters. @see RFC 7644 §8.1
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

const asItIs = (payload: unknown) => payload as string;

/** Sends the text. A serializer of our own keeps Fastify from adding a charset, as it does to every JSON type. */
export function sendScim(reply: FastifyReply, text: string | Readable): FastifyReply {
  return reply.header('content-type', 'application/scim+json').serializer(asItIs).send(text);
}
