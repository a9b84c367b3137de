// A directory with an outbox that is emptied by hand into a real mail server, and mails to put into it.
import { onTestFinished } from 'vitest';
import { inChange } from '../../server/audit/change-context.ts';
import type { Timers } from '../../server/core/scheduler.ts';
import type { DeliveryDeps } from '../../server/delivery/deliver-mail.ts';
import type { Mail } from '../../server/delivery/mail.ts';
import { createMailSender, type MailSender } from '../../server/delivery/mail-sender.ts';
import { smtpTransport } from '../../server/delivery/mail-transport.ts';
import { enqueueMail } from '../../server/delivery/outbox.ts';
import { type Directory, openDirectory } from './directory.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { type DatabaseName, operator, startOfTime } from './scim-server.ts';

export const publicUrl = 'https://rollcall.larkspur.example';

/** What a link in a test's mails carries. */
export const testToken = `rollcall_${'Qz7'.repeat(14)}Q`;

export const invitation: Extract<Mail, { kind: 'invitation' }> = {
  kind: 'invitation',
  data: {
    orgName: 'Larkspur Foundry',
    inviterName: 'Noor Haddad',
    recipientName: 'Ada Birch',
    token: testToken,
    expiresAt: startOfTime + 14 * 24 * 60 * 60_000,
  },
};

export const nudge: Extract<Mail, { kind: 'nudge' }> = {
  kind: 'nudge',
  data: { ...invitation.data, message: 'Please join us.', unsubscribeToken: 'stop-it' },
};

export const signIn: Extract<Mail, { kind: 'sign-in' }> = {
  kind: 'sign-in',
  data: { token: testToken, code: '40718265', minutes: 10 },
};

export interface MailDesk {
  readonly directory: Directory;
  readonly mailServer: MailServer;
  readonly sender: MailSender;
  /** What the log was told. */
  readonly logged: unknown[];
  /** Puts a mail to the org's owner into the outbox; gives its id. */
  write(mail: Mail, address?: string): Promise<string>;
  /** Another process's sender on the same outbox; into the same mail server unless a transport is given. */
  anotherSender(differing?: Partial<DeliveryDeps> & { readonly timers?: Timers }): MailSender;
  /** The row of a mail. */
  row(id: string): ReturnType<typeof rowOf>;
}

/** Opens one that ends with the test. */
export async function openMailDesk(database: DatabaseName): Promise<MailDesk> {
  const directory = await openDirectory(database);
  const mailServer = await startMailServer();
  const logged: unknown[] = [];
  const note = (details: unknown) => logged.push(details);
  const anotherSender: MailDesk['anotherSender'] = (differing = {}) => {
    const sender = createMailSender({
      ...directory.deps,
      log: { info: note, warn: note, error: note } as never,
      publicUrl: () => publicUrl,
      transport: differing.transport ?? smtpTransport(mailServer.url),
      ...differing,
    });
    onTestFinished(() => sender.close());
    return sender;
  };
  onTestFinished(() => directory.close());
  return {
    directory,
    mailServer,
    sender: anotherSender(),
    logged,
    anotherSender,
    write: (mail, address = 'ada@larkspur.example') => {
      const { orgId, ownerId: memberId } = directory;
      const to = mail.kind === 'sign-in' ? { orgId: null, memberId: null } : { orgId, memberId };
      return inChange(directory.deps, { ...operator, orgId }, (context) =>
        enqueueMail(context, { ...to, address }, mail),
      );
    },
    row: (id) => rowOf(directory, id),
  };
}

function rowOf({ db }: Directory, id: string) {
  return db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}
