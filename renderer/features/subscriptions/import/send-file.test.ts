import { describe, expect, it } from 'vitest';
import { importStreamIdSchema } from '../../../../electron/contract/import-stream.ts';
import { sendFile, type FileProgress, type SendFileOptions } from './send-file.ts';

const ID = importStreamIdSchema.parse('1b4e28ba-2fa1-41d2-883f-0016d3cca427');
const RESULT = { addedCount: 1, updatedCount: 0, badCount: 0, unsubscribedCount: 0 };

/** An engine that writes down what it is told. */
function fakeEngine(onWrite: (count: number) => void = () => undefined) {
  const pieces: string[] = [];
  const calls: string[] = [];
  const client = {
    importStream: {
      open: ({ purpose }: { purpose: string }) => {
        calls.push(`open ${purpose}`);
        return Promise.resolve({ id: ID });
      },
      write: ({ piece }: { piece: string }) => {
        pieces.push(piece);
        onWrite(pieces.length);
        return Promise.resolve({ goodCount: pieces.length, badCount: 0 });
      },
      finish: () => {
        calls.push('finish');
        return Promise.resolve({ purpose: 'import' as const, result: RESULT });
      },
      cancel: () => {
        calls.push('cancel');
        return Promise.resolve({ goodCount: 0, badCount: 0 });
      },
    },
  } as SendFileOptions['client'];
  return { client, pieces, calls };
}

const send = (
  client: SendFileOptions['client'],
  file: Blob,
  {
    progress = [],
    signal = new AbortController().signal,
  }: { progress?: FileProgress[]; signal?: AbortSignal } = {},
) =>
  sendFile({
    client,
    file,
    purpose: 'import',
    publicKey: null,
    onProgress: (next) => progress.push(next),
    signal,
  });

describe('sendFile', () => {
  it('hands over the whole text, however its characters fall on the pieces', async () => {
    const { client, pieces, calls } = fakeEngine();
    const text = 'ä€😀\r\n'.repeat(250_000);
    const progress: FileProgress[] = [];
    const end = await send(client, new Blob([`\uFEFF${text}`]), { progress });
    expect(pieces.join('') === text).toBe(true);
    expect(pieces.length).toBeGreaterThan(2);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(1_000_000);
    expect(calls).toEqual(['open import', 'finish']);
    expect(end).toEqual({ purpose: 'import', result: RESULT });
    expect(progress.at(-1)).toEqual({ goodCount: pieces.length, badCount: 0, share: 1 });
  });

  it('can be cancelled in the middle, and tells the engine', async () => {
    const stop = new AbortController();
    const { client, pieces, calls } = fakeEngine((count) => {
      if (count === 2) stop.abort();
    });
    const sending = send(client, new Blob(['x'.repeat(5_000_000)]), { signal: stop.signal });
    await expect(sending).rejects.toThrow(/abort/i);
    expect(pieces).toHaveLength(2);
    expect(calls).toEqual(['open import', 'cancel']);
  });

  it('says what the engine refused it for', async () => {
    const { client, calls } = fakeEngine(() => {
      throw new Error('The disk is full.');
    });
    await expect(send(client, new Blob(['x']))).rejects.toThrow('The disk is full.');
    expect(calls).toEqual(['open import', 'cancel']);
  });
});
