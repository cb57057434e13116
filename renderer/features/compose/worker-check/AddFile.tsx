import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { WorkerFile } from '../../../../electron/contract/worker-check.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { OpenFile } from './OpenFile.tsx';

/** Gives the worker a file that it asked for: from the file's address, with one request, or from this computer. */
export function AddFile({ url, onAdd }: { url: string; onAdd: (file: WorkerFile) => void }) {
  const load = useMutation(
    useQueries().campaigns.loadWorker.mutationOptions({
      onSuccess: ({ text }) => {
        onAdd({ url, text });
      },
    }),
  );
  return (
    <div className="pd-worker__missing">
      <span className="pd-mono pd-cut" title={url}>
        {url}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        loading={load.isPending}
        aria-label={`Load ${url}`}
        onClick={() => {
          load.mutate({ url });
        }}
      >
        Load (1 request)
      </Button>
      <OpenFile
        label={`Open a file for ${url}`}
        onText={(text) => {
          onAdd({ url, text });
        }}
      />
      {load.error && <ProblemNotice problem={problemOf(load.error)} />}
    </div>
  );
}
