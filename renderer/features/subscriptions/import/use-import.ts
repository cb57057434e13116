import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type {
  ColumnMapping,
  ImportPreview,
  ImportResult,
} from '../../../../electron/contract/subscription-import.ts';
import type { Problem } from '../../../../electron/contract/problem.ts';
import { useApi, useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import { decisivePart, guessMapping } from './column-mapping.ts';
import { sendFile, type FileProgress } from './send-file.ts';
import { textOfBytes } from './text-encoding.ts';

const READ_AFTER_MS = 250;
/** A larger file is handed over in pieces, and its text is never held here; a longer text is treated as a file. */
const MAX_BYTES_AT_ONCE = 1_000_000;

export interface ImportSource {
  /** Empty for a file that is read in pieces. */
  text: string;
  /** Set when it came from a file, whose text is then not shown. */
  file: File | null;
  /** Whether the file is a text that was pasted. */
  isPasted?: boolean;
}

export type Reading =
  | { kind: 'none' }
  | { kind: 'reading'; progress: FileProgress | null }
  | { kind: 'read'; preview: ImportPreview }
  | { kind: 'refused'; problem: Problem };

export type Stored = { kind: 'stored'; result: ImportResult } | { kind: 'stopped'; rowCount: number | null };

/** As the engine is asked; without it, people who unsubscribed are left out. */
const withUnsubscribed = (isIncluded: boolean) => (isIncluded ? { includeUnsubscribed: true } : {});

const NOTHING: ImportSource = { text: '', file: null };

/** Whether a text is too long for a field, which would freeze the window for seconds. */
export const isLong = (text: string): boolean => text.length > MAX_BYTES_AT_ONCE;

const rowsOf = ({ newCount, knownCount, repeatedCount, badCount }: ImportPreview): number =>
  newCount + knownCount + repeatedCount + badCount;

/**
 * What to import, and what is in it. It is read as it changes; nothing is stored before `store`.
 *
 * @param publicKey the key that the rows were made with; `null`: not known
 */
export function useImport(publicKey: string | null) {
  const { subscriptions } = useQueries();
  const { client } = useApi().connection;
  const queryClient = useQueryClient();
  const [source, setSource] = useState<ImportSource>(NOTHING);
  const [reading, setReading] = useState<Reading>({ kind: 'none' });
  /** What a person chose for columns; the others are as guessed. */
  const [chosen, setChosen] = useState<ColumnMapping>({});
  const [isUnsubscribedIncluded, setUnsubscribedIncluded] = useState(false);
  const [storingProgress, setStoringProgress] = useState<FileProgress | null>(null);
  const stopper = useRef<AbortController | null>(null);
  const { mutateAsync: preview } = useMutation(subscriptions.previewImport.mutationOptions());
  const { text, file } = source;
  useEffect(
    () => () => {
      stopper.current?.abort();
    },
    [],
  );
  const isLarge = file !== null && file.size > MAX_BYTES_AT_ONCE;
  // What a file holds does not depend on the key, and reading it takes a while.
  const previewKey = isLarge ? null : publicKey;

  // A large file is read again only for what changes its rows.
  const mappingToRead = JSON.stringify(isLarge ? decisivePart(chosen) : chosen);

  useEffect(() => {
    const how = {
      ...(mappingToRead === '{}' ? {} : { mapping: JSON.parse(mappingToRead) as ColumnMapping }),
      ...withUnsubscribed(isUnsubscribedIncluded),
    };
    if (!isLarge && text.trim() === '') return;
    const stop = new AbortController();
    const look = async (): Promise<ImportPreview> => {
      if (!isLarge) return preview({ text, publicKey: previewKey, ...how });
      const onProgress = (progress: FileProgress) => {
        if (!stop.signal.aborted) setReading({ kind: 'reading', progress });
      };
      const end = await sendFile({
        client: client.subscriptions,
        file,
        purpose: 'preview',
        publicKey: previewKey,
        ...how,
        onProgress,
        signal: stop.signal,
      });
      if (end.purpose !== 'preview') throw new Error('The engine imported what it was only asked to check.');
      return end.preview;
    };
    const read = async () => {
      const next = await look().then(
        (seen): Reading => ({ kind: 'read', preview: seen }),
        (error: unknown): Reading => ({ kind: 'refused', problem: problemOf(error) }),
      );
      if (!stop.signal.aborted) setReading(next);
    };
    const timer = setTimeout(() => void read(), file === null ? READ_AFTER_MS : 0);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [text, file, isLarge, previewKey, mappingToRead, isUnsubscribedIncluded, preview, client]);

  const columns = reading.kind === 'read' ? (reading.preview.columns ?? []) : [];
  const mapping = { ...guessMapping(columns), ...chosen };
  const how = {
    ...(Object.keys(mapping).length === 0 ? {} : { mapping }),
    ...withUnsubscribed(isUnsubscribedIncluded),
  };

  const storeFile = async (large: File): Promise<Stored> => {
    const stop = new AbortController();
    stopper.current = stop;
    let rowCount = 0;
    const rowsInFile = reading.kind === 'read' ? rowsOf(reading.preview) : 0;
    try {
      const end = await sendFile({
        client: client.subscriptions,
        file: large,
        purpose: 'import',
        publicKey,
        ...how,
        onProgress: (progress) => {
          rowCount = progress.goodCount + progress.badCount;
          // The engine takes pieces long before their rows are stored: how much of the file it has says little about that.
          const share = rowsInFile === 0 ? progress.share : Math.min(1, rowCount / rowsInFile);
          setStoringProgress({ ...progress, share });
        },
        signal: stop.signal,
      });
      if (end.purpose !== 'import') throw new Error('The engine only checked what it was asked to import.');
      return { kind: 'stored', result: end.result };
    } catch (error) {
      if (stop.signal.aborted) return { kind: 'stopped', rowCount };
      throw error;
    }
  };
  const storeText = async (): Promise<Stored> => {
    const stop = new AbortController();
    stopper.current = stop;
    try {
      const result = await client.subscriptions.import({ text, publicKey, ...how }, { signal: stop.signal });
      return { kind: 'stored', result };
    } catch (error) {
      if (stop.signal.aborted) return { kind: 'stopped', rowCount: null };
      throw error;
    }
  };
  const storing = useMutation({
    mutationFn: () => (isLarge ? storeFile(file) : storeText()),
    onSettled: () => {
      setStoringProgress(null);
      // Not waited for: if the line to a server is lost, lists are read once it is back, but what became of the import is said now.
      void queryClient.invalidateQueries({ queryKey: subscriptions.key() });
    },
  });

  const saving = useMutation({
    mutationFn: async () => {
      const stop = new AbortController();
      stopper.current = stop;
      const end = await sendFile({
        client: client.subscriptions,
        file: file ?? new File([text], 'Pasted text'),
        purpose: 'rejects',
        publicKey: null,
        ...how,
        onProgress: () => undefined,
        signal: stop.signal,
      });
      return end.purpose === 'rejects' ? end : null;
    },
  });

  const take = (next: ImportSource, isAnything: boolean) => {
    setSource(next);
    setChosen({});
    setUnsubscribedIncluded(false);
    setReading(isAnything ? { kind: 'reading', progress: null } : { kind: 'none' });
  };
  return {
    source,
    reading,
    setText: (next: string) => {
      if (isLong(next)) {
        take({ text: '', file: new File([next], 'Pasted text'), isPasted: true }, true);
        return;
      }
      take({ text: next, file: null }, next.trim() !== '');
    },
    clear: () => {
      take(NOTHING, false);
    },
    takeFile: async (next: File) => {
      if (next.size > MAX_BYTES_AT_ONCE) {
        take({ text: '', file: next }, true);
        return;
      }
      const whole = textOfBytes(new Uint8Array(await next.arrayBuffer()));
      take({ text: whole, file: next }, whole.trim() !== '');
    },
    mapping,
    setMapping: setChosen,
    isUnsubscribedIncluded,
    setUnsubscribedIncluded,
    /** Saves all rejected rows as a file. */
    saving,
    storing,
    storingProgress,
    store: () => storing.mutateAsync(),
    /** Ends what is being stored; what is stored stays. */
    stop: () => {
      stopper.current?.abort();
    },
  };
}
