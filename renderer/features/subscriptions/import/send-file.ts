import type {
  ImportEnd,
  ImportProgress,
  ImportPurpose,
} from '../../../../electron/contract/import-stream.ts';
import type { ColumnMapping } from '../../../../electron/contract/subscription-import.ts';
import { createBytesDecoder } from './text-encoding.ts';
import type { EngineClient } from '../../../api/connection.ts';

export interface SendFileOptions {
  client: Pick<EngineClient['subscriptions'], 'importStream'>;
  file: Blob;
  purpose: ImportPurpose;
  /** The key that the rows were made with; `null`: not known. */
  publicKey: string | null;
  /** What becomes of the columns of a table. */
  mapping?: ColumnMapping;
  /** Also takes rows that the text marks as unsubscribed. */
  includeUnsubscribed?: boolean;
  onProgress: (progress: FileProgress) => void;
  /** Ends it; what is stored by then stays. */
  signal: AbortSignal;
}

export interface FileProgress extends ImportProgress {
  /** Of the file that was handed over, or of its rows that are stored: 0 to 1. */
  share: number;
}

/** Characters of a piece; few enough that each piece takes about a millisecond as a message. */
const PIECE_CHARACTERS = 500_000;

/**
 * Hands a file of any size to the engine, piece by piece, each when the engine has taken the one before: neither side ever holds more
 * than a few of them.
 *
 * @throws the reason of the signal, or whatever the engine refused it for
 */
export async function sendFile(options: SendFileOptions): Promise<ImportEnd> {
  const { client, file, purpose, publicKey, mapping, includeUnsubscribed, onProgress, signal } = options;
  const { importStream } = client;
  signal.throwIfAborted();
  const { id } = await importStream.open({
    purpose,
    publicKey,
    ...(mapping === undefined ? {} : { mapping }),
    ...(includeUnsubscribed === true ? { includeUnsubscribed } : {}),
  });
  const end = () => void importStream.cancel({ id }).catch(() => undefined);
  signal.addEventListener('abort', end);
  try {
    for await (const { piece, share } of piecesOf(file)) {
      signal.throwIfAborted();
      onProgress({ ...(await importStream.write({ id, piece })), share });
    }
    signal.throwIfAborted();
    return await importStream.finish({ id });
  } catch (error) {
    // The reason for which it was cancelled says more than that it ended.
    signal.throwIfAborted();
    end();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** The text of a file, whatever its encoding, and how much of the file each piece reaches to. */
async function* piecesOf(file: Blob): AsyncGenerator<{ piece: string; share: number }, void, undefined> {
  const decoder = createBytesDecoder();
  const reader = file.stream().getReader();
  let read = 0;
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      read += value?.byteLength ?? 0;
      text += done ? decoder.end() : decoder.push(value);
      while (text.length >= PIECE_CHARACTERS || (done && text !== '')) {
        yield { piece: text.slice(0, PIECE_CHARACTERS), share: read / file.size };
        text = text.slice(PIECE_CHARACTERS);
      }
      if (done) return;
    }
  } finally {
    await reader.cancel();
  }
}
