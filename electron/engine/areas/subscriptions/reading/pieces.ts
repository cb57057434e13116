/** The text of an import, piece by piece. */
export type Pieces = AsyncIterable<string>;

/** Characters per piece: a few hundred subscriptions, a few milliseconds of reading. */
const PIECE_CHARACTERS = 256 * 1024;

/** Cuts up a text that is available as a whole. */
export async function* piecesOf(text: string): AsyncGenerator<string, void, undefined> {
  for (let at = 0; at < text.length; at += PIECE_CHARACTERS) {
    yield await Promise.resolve(text.slice(at, at + PIECE_CHARACTERS));
  }
}
