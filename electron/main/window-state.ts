import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { keepAside } from '../files/private-file.ts';

/** What electron-window-state needs in order to use the file; anything else it overwrites when the window closes. */
const stateSchema = z.looseObject({ width: z.int(), height: z.int() });

/**
 * Renames a file of the window's size and place that cannot be used, and says so. Never throws: the window opens all the same.
 * @param say takes a line for the terminal
 */
export function keepBadWindowState(
  file: string,
  { now, say }: { now: Date; say: (line: string) => void },
): void {
  try {
    const text = readFileSync(file, 'utf8');
    if (text === '' || isState(text)) return;
    say(
      `${file} could not be used, so the window has its default size. The old file is now ${keepAside(file, now)}.`,
    );
  } catch {
    // There is none, or it cannot be read or moved.
  }
}

function isState(text: string): boolean {
  try {
    return stateSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
