import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExportInput } from '../../../../contract/export.ts';
import { exportRow, frameOf } from '../../../../core/subscription/export-rows.ts';
import type { ChosenRows } from '../acts/choose-rows.ts';
import type { ExportStore } from './export-store.ts';

/** Rows per piece: some 60 KB of text, a millisecond of work. From 128 KB on a text costs V8 twice as much. */
const PIECE = 100;

/** The text of an export, piece by piece, so that nobody holds more than one. `rows`: how many have been written so far. */
export async function* exportPieces(
  chosen: ChosenRows,
  { format, whole }: Pick<ExportInput, 'format' | 'whole'>,
  store: ExportStore,
  signal?: AbortSignal,
): AsyncGenerator<{ text: string; rows: number }, void, undefined> {
  const { before, between, after } = frameOf(format);
  let written = 0;
  yield { text: before, rows: 0 };
  for (const ids of chosen.pieces(PIECE)) {
    signal?.throwIfAborted();
    const rows = store.rows(ids).map((row) => exportRow(row, format, whole));
    if (rows.length > 0) {
      const text = rows.join(between);
      yield { text: written === 0 ? text : between + text, rows: written + rows.length };
      written += rows.length;
    }
    await nextTurn();
  }
  // A file without rows has no empty line.
  if (written > 0 || format === 'json') yield { text: after, rows: written };
}
