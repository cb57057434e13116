import path from 'node:path';
import {
  newAccessTokenSchema,
  tokenScopeSchema,
  type AccessToken,
  type NewAccessToken,
} from '../../../../contract/access-tokens.ts';
import { inputProblem } from '../../../../contract/input-problem.ts';
import { accessTokenIdSchema } from '../../../../contract/ids.ts';
import { Refusal } from '../../../../contract/problem.ts';
import {
  createAccessTokenStore,
  type AccessTokenStore,
} from '../../../areas/access-tokens/access-token-store.ts';
import { issueToken } from '../../../areas/access-tokens/issue-token.ts';
import { openBeside } from '../../../store/open-beside.ts';
import type { Command, CommandInput, Flags } from './command.ts';

/** `token create`: creates an access token, whether or not the engine is running. The token is the only output that a script reads. */
export const createToken: Command = async (input) => {
  const wanted = readWanted(input.flags);
  const { token, secret } = await withTokens(input, (store) => issueToken(store, wanted, input.now));
  input.say(secret);
  input.remark(
    `Made ${describe(token)}. This is the only time that it is shown; Pushdesk keeps a hash of it. To revoke it: token revoke ${token.id}`,
  );
  return 0;
};

/** `token list`: lists them, newest first. */
export const listTokens: Command = async (input) => {
  const tokens = await withTokens(input, (store) => store.list());
  if (tokens.length === 0) input.say('There are no access tokens.');
  for (const token of tokens) {
    const { createdAt, lastUsedAt, expiresAt } = token;
    const used = lastUsedAt === null ? 'never used' : `last used ${timeOf(lastUsedAt)}`;
    const ends =
      expiresAt === null ? '' : `, ${expiresAt <= input.now ? 'expired' : 'expires'} ${timeOf(expiresAt)}`;
    input.say(`${describe(token)}: created ${timeOf(createdAt)}, ${used}${ends}`);
  }
  return 0;
};

/** `token revoke ID`: within a second or two, a running engine closes whatever is open with the token. */
export const revokeToken: Command = async (input) => {
  const [given = ''] = input.words;
  const id = accessTokenIdSchema.safeParse(Number(given));
  const isGone = id.success && (await withTokens(input, (store) => store.remove(id.data)));
  if (!isGone) throw unknownToken(given);
  input.say(`Revoked the access token ${given}.`);
  return 0;
};

async function withTokens<Result>(
  { dataDir }: CommandInput,
  work: (store: AccessTokenStore) => Result,
): Promise<Result> {
  const { db, close } = openBeside(path.join(dataDir, 'pushdesk.db'));
  try {
    return await Promise.resolve(work(createAccessTokenStore(db)));
  } finally {
    close();
  }
}

function readWanted({ name, scope, expiresInDays }: Flags): NewAccessToken {
  if (name === null) {
    throw new Refusal('BAD_INPUT', {
      code: 'no-token-name',
      cause: '--name is missing.',
      cure: 'Name the program that is to use the token, so that you know later which one to revoke.',
    });
  }
  const scopes = (scope ?? '').split(',').map((word) => word.trim());
  if (!scopes.every((word) => tokenScopeSchema.safeParse(word).success)) {
    throw new Refusal('BAD_INPUT', {
      code: 'unknown-scope',
      cause:
        scope === null ? '--scope is missing.' : `"${scope.slice(0, 40)}" is not a scope, or a list of them.`,
      cure: `Use ${tokenScopeSchema.options.join(', ')}, or several separated by commas.`,
    });
  }
  const read = newAccessTokenSchema.safeParse({ name, scopes, expiresInDays });
  if (read.success) return read.data;
  throw new Refusal('BAD_INPUT', inputProblem(read.error.issues, { code: 'input-malformed', whole: 'It' }));
}

const describe = ({ id, name, scopes }: AccessToken) => `access token ${id} “${name}” (${scopes.join(', ')})`;

const timeOf = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const unknownToken = (given: string) =>
  new Refusal('NOT_FOUND', {
    code: 'unknown-access-token',
    cause: `There is no access token ${given.slice(0, 40)}.`,
    cure: 'Use an ID from "token list".',
  });
