/** The text of an import, piece by piece. */
export type Pieces = AsyncIterable<string>;

/**
 * Characters per piece: a hundred subscriptions, a few milliseconds of reading. Longer texts are more expensive by the character: V8 gives
 * each one from 128 KB on memory of its own, which is taken from the system and given back.
 */
const PIECE_CHARACTERS = 64 * 1024;

/** Cuts up a text that is available as a whole. */
export async function* piecesOf(text: string): AsyncGenerator<string, void, undefined> {
  for (let at = 0; at < text.length; at += PIECE_CHARACTERS) {
    yield await Promise.resolve(text.slice(at, at + PIECE_CHARACTERS));
  }
}

/** Cuts longer pieces up as well. */
export async function* inShortPieces(pieces: Pieces): AsyncGenerator<string, void, undefined> {
  for await (const piece of pieces) yield* piecesOf(piece);
}
