import type { Pieces } from './pieces.ts';

/** Pieces that are handed over one by one, as fast as they are taken. */
export interface PieceQueue extends Pieces {
  /** Resolves when the piece has been taken. */
  push(piece: string): Promise<void>;
  /** There are no more. */
  end(): void;
  /** The next read fails with this error. */
  fail(error: unknown): void;
}

type Entry = { piece: string; taken: () => void };
type State = { kind: 'open' } | { kind: 'ended' } | { kind: 'failed'; error: unknown };

export function createPieceQueue(): PieceQueue {
  const entries: Entry[] = [];
  let state: State = { kind: 'open' };
  let wake: () => void = () => undefined;

  async function* take(): AsyncGenerator<string, void, undefined> {
    for (;;) {
      if (state.kind === 'failed') throw state.error;
      const entry = entries.shift();
      if (entry !== undefined) {
        entry.taken();
        yield entry.piece;
      } else if (state.kind === 'ended') return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }

  const become = (next: State) => {
    state = next;
    wake();
  };

  return {
    [Symbol.asyncIterator]: take,
    push: (piece) =>
      new Promise((taken) => {
        entries.push({ piece, taken });
        wake();
      }),
    end() {
      become({ kind: 'ended' });
    },
    fail(error) {
      become({ kind: 'failed', error });
    },
  };
}
