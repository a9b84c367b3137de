// What the app for signing in is given, to be pasted in the console. Knows labels, no settings.
import type { SsoAddresses } from '../../shared/single-sign-on.ts';
import { CopyLine } from '../parts/copy-line.tsx';
import classes from './sign-in-addresses.module.css';
import { SignInTry } from './sign-in-try.tsx';

export function SignInAddresses({ addresses }: { readonly addresses: SsoAddresses }) {
  return (
    <div className={classes.addresses}>
      <CopyLine label="Sign-in redirect URI" text={addresses.redirectUri} />
      <CopyLine label="Initiate login URI" text={addresses.initiateLoginUri} />
      <CopyLine label="Sign-out redirect URI" text={addresses.postLogoutRedirectUri} />
      <CopyLine label="Back-channel logout URI" text={addresses.backchannelLogoutUri} />
      <SignInTry />
    </div>
  );
}
