/** The text of an import, piece by piece. */
export type Pieces = AsyncIterable<string>;

/** Characters of a piece: some hundred subscriptions, a few milliseconds of reading. */
const PIECE_CHARACTERS = 256 * 1024;

/** Cuts a text that is here as a whole. */
export async function* piecesOf(text: string): AsyncGenerator<string, void, undefined> {
  for (let at = 0; at < text.length; at += PIECE_CHARACTERS) {
    yield await Promise.resolve(text.slice(at, at + PIECE_CHARACTERS));
  }
}
