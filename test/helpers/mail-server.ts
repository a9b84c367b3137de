// A real mail server on loopback for tests: keeps what it takes, read as a mail program reads it, and refuses on demand.
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface TakenMail {
  /** Whom the envelope names, which is not what the headers say. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly raw: string;
  readonly parsed: ParsedMail;
}

export interface MailServer {
  readonly port: number;
  /** As a configuration names it. */
  readonly url: string;
  readonly mails: TakenMail[];
  /** What it says to the next recipients and mails instead of taking them; an SMTP reply such as `550 5.1.1 Gone`. */
  refusals: { rcpt?: string; data?: string; mail?: string };
  /** The mail that came to this address last. */
  lastTo(address: string): TakenMail;
}

/** Starts one that ends with the test; with a password when `login` is given. */
export async function startMailServer(login?: { user: string; pass: string }): Promise<MailServer> {
  const mails: TakenMail[] = [];
  const mailServer: Pick<MailServer, 'refusals'> = { refusals: {} };
  const refusal = (step: keyof MailServer['refusals']): Error | null => {
    const reply = mailServer.refusals[step];
    if (reply === undefined) return null;
    return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
  };
  const server = new SMTPServer({
    hideSTARTTLS: true,
    authOptional: login === undefined,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === login?.user && password === login?.pass
        ? done(null, { user: username })
        : done(new Error(`wrong password ${password}`)),
    onMailFrom: (_address, _session, done) => done(refusal('mail')),
    onRcptTo: (_address, _session, done) => done(refusal('rcpt')),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const refused = refusal('data');
        if (refused) return done(refused);
        const raw = Buffer.concat(chunks);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ envelope: { from, to }, raw: raw.toString('utf8'), parsed: await simpleParser(raw) });
        return done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const credentials =
    login === undefined ? '' : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.pass)}@`;
  return Object.assign(mailServer, {
    port,
    url: `smtp://${credentials}127.0.0.1:${port}`,
    mails,
    lastTo: (address: string) => {
      const mail = mails.findLast(({ envelope }) => envelope.to.includes(address));
      if (mail === undefined) throw new Error(`no mail came to ${address}`);
      return mail;
    },
  });
}
