import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from '../files/private-file.ts';
import type { BusNames } from './session-bus.ts';

/** The key rings that Chromium can be told to use, as its switch `--password-store` names them. */
export const PASSWORD_STORES = ['gnome-libsecret', 'kwallet', 'kwallet5', 'kwallet6'] as const;
export type PasswordStore = (typeof PASSWORD_STORES)[number];

const SERVICES: Record<PasswordStore, string> = {
  'gnome-libsecret': 'org.freedesktop.secrets',
  kwallet: 'org.kde.kwalletd',
  kwallet5: 'org.kde.kwalletd5',
  kwallet6: 'org.kde.kwalletd6',
};
const ELSEWHERE: readonly PasswordStore[] = ['gnome-libsecret', 'kwallet6', 'kwallet5'];
const ON_KDE: readonly PasswordStore[] = ['kwallet6', 'kwallet5', 'gnome-libsecret'];

export interface StoreQuestion {
  /** As `XDG_CURRENT_DESKTOP` says; empty where it is not set. */
  desktop: string;
  /** The one that sealed here before; `null`: none, or an earlier version did not note it. */
  remembered: PasswordStore | null;
  /** Whether private keys are sealed already. */
  hasSealedKeys: boolean;
  /** Who answers on the session bus; `null` where nobody can be asked. */
  names: BusNames | null;
}

/**
 * Chromium chooses by the name of the desktop, and takes a password from its own source code where it does not know the name (sway, MATE,
 * none). Here the choice is by what answers, and keys that are sealed stay with the key ring that sealed them.
 *
 * @returns `null`: the choice is left to Chromium
 */
export function choosePasswordStore({
  desktop,
  remembered,
  hasSealedKeys,
  names,
}: StoreQuestion): PasswordStore | null {
  if (names === null) return remembered;
  const running = (store: PasswordStore) => names.running.includes(SERVICES[store]);
  const answers = (store: PasswordStore) => running(store) || names.activatable.includes(SERVICES[store]);
  // Another one could open none of them, and would seal the next.
  if (remembered !== null && (hasSealedKeys || answers(remembered))) return remembered;
  const isKde = desktop.split(':').some((name) => name.toUpperCase() === 'KDE');
  if (isKde) return ON_KDE.find(answers) ?? null;
  // Outside KDE, an earlier version sealed with the Secret Service: Chromium chose it.
  return (hasSealedKeys ? undefined : ELSEWHERE.find(running)) ?? ELSEWHERE.find(answers) ?? null;
}

const noteSchema = z.object({ passwordStore: z.enum(PASSWORD_STORES) });
const noteIn = (dataDir: string) => path.join(dataDir, 'key-ring.json');

/** The key ring that sealed in this folder before; `null` where that is unknown. */
export function rememberedStore(dataDir: string): PasswordStore | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(noteIn(dataDir), 'utf8'))).passwordStore;
  } catch {
    return null;
  }
}

/** @param backend as Electron names it: `gnome_libsecret`; only the key rings above are noted */
export async function rememberStore(dataDir: string, backend: string): Promise<void> {
  const read = noteSchema.safeParse({ passwordStore: backend.replace('_', '-') });
  if (!read.success || rememberedStore(dataDir) === read.data.passwordStore) return;
  await writePrivateFile(noteIn(dataDir), `${JSON.stringify(read.data)}\n`);
}

/** Whether private keys are sealed in this folder. */
export function hasSealedKeys(dataDir: string): boolean {
  try {
    return readFileSync(path.join(dataDir, 'private-keys.json'), 'utf8').includes('"sealed"');
  } catch {
    return false;
  }
}
