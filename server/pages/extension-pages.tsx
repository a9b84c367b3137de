// The pages that let the extension in, or tell why not. Words only.
import type { ReactElement } from 'react';
import type { MemberRole } from '../../shared/member.ts';
import { Form } from './form.tsx';
import { Notice, Page } from './page.tsx';

interface ConsentPageProps {
  readonly deviceName: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: MemberRole;
  readonly orgName: string;
  /** What was asked for, to be sent back with the answer. */
  readonly hidden: Readonly<Record<string, string>>;
}

export function ConsentPage({
  deviceName,
  name,
  email,
  role,
  orgName,
  hidden,
}: ConsentPageProps): ReactElement {
  return (
    <Page title="Let the Rollcall extension in?" orgName={orgName}>
      <dl>
        <dt>Browser</dt>
        <dd>{deviceName}</dd>
        <dt>You</dt>
        <dd>{email === null || email === name ? name : `${name} (${email})`}</dd>
        <dt>Organisation</dt>
        <dd>{orgName}</dd>
      </dl>
      <p>
        {role === 'member'
          ? 'The extension sees your own profile, and invites people if your organisation lets you.'
          : `The extension sees and changes whatever you may as ${role}: people, invitations, settings.`}{' '}
        It stays signed in until the session expires or you end it among <a href="/sessions">your sessions</a>
        .
      </p>
      <Form action="/extension/authorize" hidden={hidden}>
        <div className="actions">
          <button type="submit" name="decision" value="allow">
            Let it in
          </button>
          <button type="submit" name="decision" value="deny" className="second">
            Do not
          </button>
        </div>
      </Form>
      <p className="quiet small">Did you not just press “Sign in” in the extension? Then do not let it in.</p>
    </Page>
  );
}

/** Nobody is sent anywhere from here: the address to go back to is exactly what cannot be trusted. */
export function UnknownExtensionPage(): ReactElement {
  return (
    <Page title="This is not our extension">
      <Notice tone="bad">
        <p>Something asked to be let into Rollcall that this server does not know. It was given nothing.</p>
      </Notice>
      <p>
        If you came from the Rollcall extension, it may be a copy with an id of its own. The operator of this
        server adds its address to <code>EXTENSION_REDIRECTS</code>.
      </p>
    </Page>
  );
}
