// `rollcall connection token rotate | revoke`: new tokens for old ones, without a gap.
import type { Command } from 'commander';
import { AppError } from '../core/app-error.ts';
import {
  defaultOverlapDays,
  defaultTokenDays,
  revokeToken,
  rotateToken,
} from '../provisioning/change-connection.ts';
import { baseUrlOf } from '../provisioning/connection-address.ts';
import type { TokenRow } from '../provisioning/connection-store.ts';
import { isLiveToken } from '../provisioning/token-state.ts';
import { CliError } from './cli-error.ts';
import { type CommandContext, operatorRequest } from './command-context.ts';
import { issuedTokenWords } from './issued-token.ts';
import { connectionNamed } from './named-rows.ts';
import { withDirectory } from './open-directory.ts';
import { daysOrNull, overlapDaysValue, type TokenDays, tokenDaysValue } from './option-values.ts';
import { publicUrlOf } from './server-url.ts';
import { countOf, isoOrNull, momentOf } from './wording.ts';

interface RotateOptions {
  readonly tokenDays: TokenDays;
  readonly overlapDays: number;
}

export function addConnectionToken(connection: Command, context: CommandContext): void {
  const token = connection.command('token').description('replace and end the tokens of a connection');

  token
    .command('rotate')
    .description('issue a second token; the older one stays valid for a while')
    .argument('<connection>', 'id of the connection')
    .option(
      '--token-days <days>',
      'how long the new token lives, or "never"',
      tokenDaysValue,
      defaultTokenDays,
    )
    .option(
      '--overlap-days <days>',
      'how much longer the older token is valid',
      overlapDaysValue,
      defaultOverlapDays,
    )
    .action((id: string, options: RotateOptions) => rotate(context, id, options));

  token
    .command('revoke')
    .description('end a token at once')
    .argument('<connection>', 'id of the connection')
    .argument('<token>', 'id of the token, or its last four characters')
    .action((id: string, reference: string) => revoke(context, id, reference));
}

async function rotate(context: CommandContext, connectionId: string, options: RotateOptions): Promise<void> {
  const config = context.config();
  await withDirectory(config, async (db) => {
    const { org_id: orgId } = await connectionNamed(db, connectionId);
    const { tokenId, token, expiresAt, olderEndsAt } = await rotateToken(context.changeDeps(db), {
      ...operatorRequest(),
      orgId,
      connectionId,
      tokenDays: daysOrNull(options.tokenDays),
      overlapDays: options.overlapDays,
    });
    const baseUrl = baseUrlOf(publicUrlOf(config), connectionId);
    const older =
      olderEndsAt === null
        ? 'No other token is live.'
        : `The older token is valid until ${momentOf(olderEndsAt)}.`;
    context.report(
      {
        connectionId,
        baseUrl,
        tokenId,
        token,
        expiresAt: isoOrNull(expiresAt),
        olderEndsAt: isoOrNull(olderEndsAt),
      },
      `A new token is ready.\n\n${issuedTokenWords({ baseUrl, token, expiresAt })}\n${older}`,
    );
  });
}

async function revoke(context: CommandContext, connectionId: string, reference: string): Promise<void> {
  await withDirectory(context.config(), async (db) => {
    const connection = await connectionNamed(db, connectionId);
    const live = connection.tokens.filter((token) => isLiveToken(token, context.now()));
    const { id: tokenId, last4 } = tokenMeant(live, reference);
    await revokeToken(context.changeDeps(db), {
      ...operatorRequest(),
      orgId: connection.org_id,
      connectionId,
      tokenId,
    });
    const left = live.length - 1;
    const rest =
      left === 0
        ? `No live token is left: "${context.commandName} connection token rotate ${connectionId}" makes one.`
        : `${countOf(left, 'live token is', 'live tokens are')} left.`;
    context.report({ connectionId, tokenId }, `The token ending in ${last4} is revoked. ${rest}`);
  });
}

/** @throws AppError `token.not_found`; CliError when the last four characters fit two */
function tokenMeant(live: readonly TokenRow[], reference: string): TokenRow {
  const found = live.filter(({ id, last4 }) => id === reference || last4 === reference);
  const [token, other] = found;
  if (token === undefined) throw new AppError('token.not_found', { token: reference });
  if (other !== undefined) {
    throw new CliError('token.ambiguous', `Two live tokens end in ${reference}. Name the token by its id.`);
  }
  return token;
}
