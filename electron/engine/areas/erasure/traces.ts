import { open } from 'node:fs/promises';

const PIECE_BYTES = 1_048_576;

/**
 * Whether a file contains any of these texts. It is read in pieces, so that nothing else has to wait.
 *
 * @param needles ASCII; each much shorter than a megabyte
 */
export async function holdsAny(file: string, needles: readonly string[]): Promise<boolean> {
  const wanted = needles.filter((text) => text !== '').map((text) => Buffer.from(text, 'utf8'));
  const overlap = Math.max(0, ...wanted.map((text) => text.length - 1));
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(PIECE_BYTES + overlap);
    for (let at = 0; ; at += PIECE_BYTES) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      const piece = buffer.subarray(0, bytesRead);
      if (wanted.some((text) => piece.includes(text))) return true;
      if (bytesRead < buffer.length) return false;
    }
  } finally {
    await handle.close();
  }
}
