import { existsSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from '../../../../contract/problem.ts';
import { addKeys } from '../../../keys/key-copy.ts';
import { restoreStore } from '../../../store/restore-store.ts';
import { giveToOwnerOf } from '../../../store/store-copy.ts';
import { countOf, keysBeside, type Command } from './command.ts';

/** `restore FILE`: replaces the store with a copy, and adds the private keys that lie beside that copy. */
export const restore: Command = async ({ dataDir, words, now, say }) => {
  const [given = ''] = words;
  const copy = path.resolve(given);
  const keyFile = path.join(dataDir, 'private-keys.json');
  const held: string[] = [];
  const restored = await restoreStore(path.join(dataDir, 'pushdesk.db'), copy, now, async () => {
    const { plain, sealed } = await addKeys(keysBeside(copy), keyFile);
    held.push(...plain, ...sealed);
    if (existsSync(keyFile)) giveToOwnerOf(dataDir, keyFile);
  }).catch((error: unknown) => {
    throw whileRunning(error);
  });

  const { mark, subscriptions, campaigns, unfinished, publicKeys, before } = restored;
  const made = mark?.madeAt ?? null;
  const when = made === null ? 'of an unknown time' : `of ${timeOf(made)}`;
  say(
    `Restored ${countOf(subscriptions, 'subscription')} and ${countOf(campaigns, 'campaign')} from ${copy}, a backup ${when}.`,
  );
  if (before !== null)
    say(`The store from before is kept in ${before}. Delete it when you no longer need it.`);
  const missing = publicKeys.filter((key) => !held.includes(key));
  if (missing.length > 0) {
    say(
      `The private keys of ${countOf(missing.length, 'key pair')} are not here: set PUSHDESK_VAPID_PRIVATE_KEY and PUSHDESK_VAPID_SUBJECT, or import your copy.`,
    );
  }
  if (unfinished > 0) {
    say(
      `${countOf(unfinished, 'campaign')} had not finished in the backup and will be paused. What was sent after the backup is not recorded in it, so Resume may send it a second time. Look at each before you resume or cancel it.`,
    );
  }
  say(
    'Campaigns that were started after the backup are not in it: a program that repeats such a request with its Idempotency-Key sends again. People who unsubscribed or were erased since then are back, and access tokens that were revoked since then work again (see token list).',
  );
  return 0;
};

const timeOf = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function whileRunning(error: unknown): unknown {
  if (!(error instanceof Refusal) || error.problem.code !== 'folder-in-use') return error;
  return new Refusal('UNAVAILABLE', {
    ...error.problem,
    cure: 'Stop it first (systemctl stop pushdesk, docker compose stop pushdesk), then restore again.',
  });
}
