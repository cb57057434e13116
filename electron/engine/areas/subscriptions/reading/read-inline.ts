import type { Pieces } from './pieces.ts';
import { createRowReader, type ReadRows, type RowReaderOptions } from './row-reader.ts';

/** Reads on the calling thread: for a few rows, where starting a thread takes longer than reading. */
export async function* readInline(
  pieces: Pieces,
  options: { reader: RowReaderOptions; now: () => number },
): AsyncGenerator<ReadRows, void, undefined> {
  const reader = createRowReader(options.reader);
  for await (const piece of pieces) yield reader.push(piece, options.now());
  for (let isOver = false; !isOver;) {
    const rows = reader.end(options.now());
    isOver = rows.isOver;
    yield rows;
  }
}
