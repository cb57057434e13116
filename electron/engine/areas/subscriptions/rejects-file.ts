import { Refusal } from '../../../contract/problem.ts';
import type { Host } from '../../base/host.ts';
import type { BadRow } from './reading/row-reader.ts';
import type { Pieces } from './reading/pieces.ts';

export interface SaveRejectsOptions {
  /** `null` without a desktop: then there is nobody to ask where. */
  desktop: Host['desktop'] | null;
  /** Reads all the rejected rows of a text. */
  rejects: (pieces: Pieces) => AsyncIterable<readonly BadRow[]>;
  pieces: Pieces;
  now: number;
}

const HEAD = 'line,reason,what to do,text\r\n';

/**
 * Writes every rejected row of a text as CSV into a file that the person chooses. Rows are written as they are read, so none are held.
 *
 * @returns `path`: `null` if the person cancelled
 * @throws Refusal UNAVAILABLE without a desktop
 */
export async function saveRejects({
  desktop,
  rejects,
  pieces,
  now,
}: SaveRejectsOptions): Promise<{ path: string | null; count: number }> {
  if (desktop === null) throw new Refusal('UNAVAILABLE', NO_DESKTOP);
  const suggestedName = `rejected-rows-${new Date(now).toISOString().slice(0, 10)}.csv`;
  const { file } = await desktop.openSaveFile({ title: 'Save rejected rows', suggestedName });
  let count = 0;
  try {
    if (file !== null) await desktop.writeSaveFile({ id: file.id, text: HEAD });
    // Without a file the pieces are consumed all the same: the sender waits for that.
    for await (const some of rejects(pieces)) {
      count += some.length;
      if (file !== null) await desktop.writeSaveFile({ id: file.id, text: some.map(lineOf).join('') });
    }
  } catch (error) {
    if (file !== null) await desktop.closeSaveFile({ id: file.id, keep: false });
    throw error;
  }
  if (file === null) return { path: null, count: 0 };
  await desktop.closeSaveFile({ id: file.id, keep: true });
  return { path: file.path, count };
}

function lineOf({ line, problem, excerpt }: BadRow): string {
  return `${[String(line), problem.cause, problem.cure, excerpt].map(cellOf).join(',')}\r\n`;
}

/** A cell that no spreadsheet mistakes for a formula. */
function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const NO_DESKTOP = {
  code: 'no-desktop',
  cause: 'There is no desktop here to save a file with.',
  cure: 'Use POST /api/v1/subscriptions/import/preview: it names the first 200 rejected rows.',
};
