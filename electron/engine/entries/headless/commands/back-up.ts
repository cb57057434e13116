import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from '../../../../contract/problem.ts';
import { reasonOfSystem, whyNotWritable } from '../../../../files/refused-place.ts';
import { copyKeys } from '../../../keys/key-copy.ts';
import { copyStore, giveToOwnerOf } from '../../../store/store-copy.ts';
import { countOf, keysBeside, sizeOf, type Command } from './command.ts';

const NAME = /^pushdesk-\d{8}T\d{6}Z\.db$/;

/**
 * `backup FILE` or `backup FOLDER [--keep N]`: backs up the store and its private keys, whether or not the engine is running. In a folder
 * each backup gets a name with its time, and all but the newest N are removed.
 */
export const backUp: Command = async ({ dataDir, words, flags, now, say }) => {
  const [given = ''] = words;
  const target = path.resolve(given);
  const isFolder = makeFolder(target, flags.keep !== null || /[/\\]$/.test(given));
  const file = isFolder ? path.join(target, nameOf(now)) : target;
  const keyFile = keysBeside(file);

  const copy = copyStore(path.join(dataDir, 'pushdesk.db'), file, now);
  const keys = flags.withoutKeys
    ? { plain: [], sealed: [] }
    : await copyKeys(path.join(dataDir, 'private-keys.json'), keyFile);
  giveToOwnerOf(path.dirname(file), file);
  if (existsSync(keyFile)) giveToOwnerOf(path.dirname(file), keyFile);
  if (isFolder && flags.keep !== null) prune(target, flags.keep);

  say(
    `Backed up ${countOf(copy.subscriptions, 'subscription')} and ${countOf(copy.campaigns, 'campaign')} to ${file} (${sizeOf(copy.bytes)}), and checked the copy.`,
  );
  say('It holds endpoints and their keys, messages, requests and answers. Only your user can read it.');
  if (flags.withoutKeys) {
    say('Private keys are not in it.');
    return 0;
  }
  const { plain, sealed } = keys;
  if (plain.length > 0) {
    say(
      `${countOf(plain.length, 'private key')}, in plain text: ${keyFile}. Whoever has this file can send in your name.`,
    );
  }
  if (sealed.length > 0) {
    say(
      `${countOf(sealed.length, 'private key')} in ${keyFile} can be opened only by the key ring of this machine. To be safe, export the key pairs in the app too.`,
    );
  }
  const missing = copy.publicKeys.filter((key) => !plain.includes(key) && !sealed.includes(key));
  if (missing.length > 0) {
    say(
      `${countOf(missing.length, 'private key')} of ${countOf(copy.publicKeys.length, 'key pair')} not in the backup: not stored here, because the environment brings it or it was removed. Keep a copy elsewhere.`,
    );
  }
  return 0;
};

/**
 * Several backups need a folder: if it were missing and taken for a file, each night would replace the only backup.
 *
 * @param isMeant whether the command line says that it is one
 * @returns whether it is one
 */
function makeFolder(target: string, isMeant: boolean): boolean {
  const found = statSync(target, { throwIfNoEntry: false });
  if (found !== undefined && isMeant && !found.isDirectory()) {
    throw new Refusal('BAD_INPUT', {
      code: 'backup-folder',
      cause: `${target} is a file, and --keep is for a folder of backups.`,
      cure: 'Name a folder, or leave out --keep.',
    });
  }
  if (found !== undefined || !isMeant) return found?.isDirectory() === true;
  try {
    mkdirSync(target, { recursive: true, mode: 0o700 });
  } catch (error) {
    // Said here: further up it would sound like the data folder.
    const reason = whyNotWritable(target) ?? reasonOfSystem(error) ?? String(error);
    throw new Refusal('BAD_INPUT', {
      code: 'backup-folder',
      cause: `The folder ${target} cannot be created: ${reason}.`,
      cure: 'Name a folder in a place that your user may write to.',
    });
  }
  giveToOwnerOf(path.dirname(target), target);
  return true;
}

const nameOf = (now: number) => `pushdesk-${new Date(now).toISOString().replace(/\.\d+|[-:]/g, '')}.db`;

function prune(folder: string, keep: number): void {
  const old = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .toSorted()
    .slice(0, -keep);
  for (const name of old) {
    rmSync(path.join(folder, name), { force: true });
    rmSync(keysBeside(path.join(folder, name)), { force: true });
  }
}
