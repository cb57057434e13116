import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

const fileIn = (dataDir: string) => path.join(dataDir, 'server-port');

/**
 * Notes in a data folder which port its engine's server listens on, so that programs on this machine need not guess: it may have moved to
 * the next free one, or been set to one where they do not look.
 *
 * @param port `null`: it is not listening
 */
export async function noteServerPort(dataDir: string, port: number | null): Promise<void> {
  if (port === null) await rm(fileIn(dataDir), { force: true });
  else await writePrivateFile(fileIn(dataDir), `${port}\n`);
}

/** The port that was noted last; `null` where there is none, or none that can be read. An engine that was killed leaves its port behind. */
export async function readServerPort(dataDir: string): Promise<number | null> {
  const text = await readPrivateFile(fileIn(dataDir)).catch(() => null);
  const port = text !== null && /^\d{1,5}\n?$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}
