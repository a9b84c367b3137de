// A real name server on loopback for tests: answers what it is told to, over UDP. Knows packets, no product word.
import { createSocket } from 'node:dgram';
import { decode, encode, type TxtAnswer } from 'dns-packet';
import { onTestFinished } from 'vitest';

/** What it says about a name: TXT values, a response code, or nothing at all. */
export type DnsReply = readonly string[] | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'silence';

export interface DnsServer {
  /** As `DNS_SERVERS` names it. */
  readonly address: string;
  /** By name in lower case; of a name that is not here it says that there is none. */
  readonly zone: Map<string, DnsReply>;
  /** The names that it was asked for, with the record type. */
  readonly asked: string[];
}

const codes = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
const authoritativeAnswer = 1 << 10;

/** Starts one that ends with the test. */
export async function startDnsServer(): Promise<DnsServer> {
  const zone = new Map<string, DnsReply>();
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => {
    const { id = 0, questions = [] } = decode(message);
    const [question] = questions;
    if (question === undefined) return;
    asked.push(`${question.type} ${question.name}`);
    const reply = zone.get(question.name.toLowerCase()) ?? 'NXDOMAIN';
    if (reply === 'silence') return;
    const code = typeof reply === 'string' ? codes[reply] : codes.NOERROR;
    const texts = typeof reply === 'string' || question.type !== 'TXT' ? [] : reply;
    const answers = texts.map((text): TxtAnswer => {
      // Long values travel in strings of up to 255 bytes each.
      const data = text.match(/.{1,255}/gs) ?? [''];
      return { type: 'TXT', name: question.name, ttl: 60, data };
    });
    const flags = authoritativeAnswer | code;
    socket.send(encode({ type: 'response', id, flags, questions, answers }), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return { address: `127.0.0.1:${socket.address().port}`, zone, asked };
}
