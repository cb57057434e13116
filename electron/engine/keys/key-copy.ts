import { readEntries, writeEntries } from './key-vault.ts';

export interface CopiedKeys {
  /** Public keys whose private half is stored in plain text. */
  readonly plain: readonly string[];
  /** Those whose private half can only be opened by the key ring that sealed it. */
  readonly sealed: readonly string[];
}

/**
 * Copies a file of private halves as they are, sealed or plain, to another one of mode 0600.
 *
 * @returns what is in the copy; if there are none, no copy is written
 * @throws Refusal UNAVAILABLE if the file cannot be understood
 */
export async function copyKeys(from: string, to: string): Promise<CopiedKeys> {
  const entries = await readEntries(from);
  if (entries.size > 0) await writeEntries(to, entries);
  return sorted(entries);
}

/**
 * Adds the private halves of a copy to a file. What is already there stays as it is: it is the same key, perhaps sealed.
 *
 * @returns what the file contains afterwards
 * @throws Refusal UNAVAILABLE if one of the files cannot be understood; then nothing is written
 */
export async function addKeys(copy: string, file: string): Promise<CopiedKeys> {
  const there = await readEntries(file);
  const isThere = (publicKey: string) => {
    const entry = there.get(publicKey);
    return entry !== undefined && !('unreadable' in entry);
  };
  const added = [...(await readEntries(copy))].filter(([publicKey]) => !isThere(publicKey));
  const all = new Map([...there, ...added]);
  if (added.length > 0) await writeEntries(file, all);
  return sorted(all);
}

function sorted(entries: Awaited<ReturnType<typeof readEntries>>): CopiedKeys {
  const keys = [...entries];
  return {
    plain: keys.flatMap(([publicKey, entry]) => ('plain' in entry ? [publicKey] : [])),
    sealed: keys.flatMap(([publicKey, entry]) => ('sealed' in entry ? [publicKey] : [])),
  };
}
