// Turns the pieces of a JSON text into a payload: short ones whole, long ones as a stream. Knows no SCIM.
import { Readable } from 'node:stream';

/** Up to this many characters an answer is sent whole, with its length. */
const wholeUpTo = 256 * 1024;

/**
 * Gathers the pieces; when they grow long, the rest is streamed as it is made, so that an answer of any size takes
 * little memory and a slow reader holds up nobody.
 */
export async function payloadOf(pieces: AsyncIterable<string>): Promise<string | Readable> {
  const iterator = pieces[Symbol.asyncIterator]();
  let text = '';
  for (;;) {
    const { value, done } = await iterator.next();
    if (done) return text;
    text += value;
    if (text.length > wholeUpTo) return Readable.from(continued(text, iterator), { objectMode: false });
  }
}

async function* continued(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (;;) {
    const { value, done } = await rest.next();
    if (done) return;
    yield value;
  }
}
