import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ImportPreview } from '../../../../electron/contract/subscription.ts';
import type { Problem } from '../../../../electron/contract/problem.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import { formatBytes } from '../../../format/numbers.ts';

const READ_AFTER_MS = 250;
const MOST_BYTES = 25_000_000;

export interface ImportSource {
  text: string;
  /** Set when it came from a file, whose text is then not shown. */
  fileName: string | null;
}

type Reading =
  | { kind: 'none' }
  | { kind: 'reading' }
  | { kind: 'read'; preview: ImportPreview }
  | { kind: 'refused'; problem: Problem };

const NOTHING: ImportSource = { text: '', fileName: null };

/**
 * The text to import and what is in it. It is read as it changes; nothing is stored before `store`.
 *
 * @param publicKey the key that the rows were made with; `null`: not known
 */
export function useImport(publicKey: string | null) {
  const { subscriptions } = useQueries();
  const queryClient = useQueryClient();
  const [source, setSource] = useState<ImportSource>(NOTHING);
  const [reading, setReading] = useState<Reading>({ kind: 'none' });
  const { mutateAsync: preview } = useMutation(subscriptions.previewImport.mutationOptions());
  const storing = useMutation(
    subscriptions.import.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: subscriptions.key() }),
    }),
  );
  const { text, fileName } = source;

  useEffect(() => {
    if (text.trim() === '') return;
    let isStale = false;
    const read = async () => {
      const next = await preview({ text, publicKey }).then(
        (seen): Reading => ({ kind: 'read', preview: seen }),
        (error: unknown): Reading => ({ kind: 'refused', problem: problemOf(error) }),
      );
      if (!isStale) setReading(next);
    };
    const timer = setTimeout(() => void read(), fileName === null ? READ_AFTER_MS : 0);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [text, fileName, publicKey, preview]);

  const take = (next: ImportSource) => {
    setSource(next);
    setReading({ kind: next.text.trim() === '' ? 'none' : 'reading' });
  };
  return {
    source,
    reading,
    setText: (next: string) => {
      take({ text: next, fileName: null });
    },
    clear: () => {
      take(NOTHING);
    },
    takeFile: async (file: File) => {
      if (file.size > MOST_BYTES) {
        setSource({ text: '', fileName: file.name });
        setReading({ kind: 'refused', problem: tooLarge(file) });
        return;
      }
      take({ text: await file.text(), fileName: file.name });
    },
    storing,
    store: () => storing.mutateAsync({ text, publicKey }),
  };
}

const tooLarge = (file: File): Problem => ({
  code: 'file-too-large',
  cause: `${file.name} has ${formatBytes(file.size)}; 25 MB fit into one import.`,
  cure: 'Split it into smaller files, one subscription a line, and import them one after the other.',
});
