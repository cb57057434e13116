import { Button, Checkbox, Progress, Radio } from '@mantine/core';
import { useQuery, skipToken } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExportFormat, ExportProgress } from '../../../electron/contract/export.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { Dialog, DialogButtons } from '../../ui/Dialog.tsx';
import { useHeldWork } from '../../ui/held-work.ts';
import { chosenWords, type Chosen } from './target.ts';

const LOOK_AGAIN_MS = 250;

interface ExportDialogProps {
  /** `null`: closed. */
  chosen: Chosen | null;
  onClose: () => void;
}

/** Writes the chosen rows into a file of any size. */
export function ExportDialog({ chosen, onClose }: ExportDialogProps) {
  return (
    <Dialog
      title={chosen === null ? '' : `Export ${chosenWords(chosen)}`}
      opened={chosen !== null}
      onClose={onClose}
      size={480}
    >
      {chosen !== null && <Exporting chosen={chosen} onClose={onClose} />}
    </Dialog>
  );
}

const FORMATS: readonly { value: ExportFormat; label: string; description: string }[] = [
  { value: 'csv', label: 'CSV', description: 'A table for spreadsheets. Formulas are made harmless.' },
  {
    value: 'json',
    label: 'JSON',
    description: 'An array of subscriptions as browsers give them, with what you know about each.',
  },
  { value: 'jsonl', label: 'JSON lines', description: 'The same, with one subscription per line.' },
];

function Exporting({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const { exportFile } = useQueries().subscriptions;
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [isWhole, setWhole] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [started, setStarted] = useState<ExportProgress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useQuery({
    ...exportFile.progress.queryOptions({ input: started === null ? skipToken : { id: started.id } }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : LOOK_AGAIN_MS),
  });
  const progress = asked.data ?? started;
  useHeldWork(progress?.state === 'running' ? 'Stop the export?' : null, 'Keep exporting', 'Stop');

  const start = async () => {
    setProblem(null);
    setAsking(true);
    try {
      setStarted(await exportFile.start.call({ target: chosen.target, format, whole: isWhole }));
    } catch (error) {
      setProblem(problemOf(error));
    }
    setAsking(false);
  };
  const stop = () => {
    if (progress === null) return;
    void exportFile.stop
      .call({ id: progress.id })
      .then(() => asked.refetch())
      .catch((error: unknown) => {
        setProblem(problemOf(error));
      });
  };

  if (progress !== null && progress.state !== 'stopped')
    return (
      <>
        <Written progress={progress} />
        <DialogButtons problem={progress.problem ?? problem}>
          {progress.state === 'running' ? (
            <Button variant="default" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button data-autofocus onClick={onClose}>
              Close
            </Button>
          )}
        </DialogButtons>
      </>
    );
  return (
    <>
      <Radio.Group
        label="Format"
        value={format}
        onChange={(value) => {
          const found = FORMATS.find((one) => one.value === value);
          if (found) setFormat(found.value);
        }}
      >
        <div className="pd-export__formats">
          {FORMATS.map((one) => (
            <Radio key={one.value} size="xs" {...one} />
          ))}
        </div>
      </Radio.Group>
      <Checkbox
        mt="md"
        label="Include full endpoints and keys"
        description="Needed to import the file again. Keep it safe: anyone who has it and your private key can send to these people. If this is off, endpoints are shortened and keys left out."
        checked={isWhole}
        onChange={(event) => {
          setWhole(event.currentTarget.checked);
        }}
      />
      <DialogButtons problem={problem}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={isAsking} onClick={() => void start()}>
          Choose where to save…
        </Button>
      </DialogButtons>
    </>
  );
}

function Written({ progress: { state, done, total, path } }: { progress: ExportProgress }) {
  if (state === 'failed')
    return (
      <p role="status">
        Stopped after {formatCount(done)} of {countOf(total, 'subscription')}. The unfinished file was
        removed.
      </p>
    );
  if (state === 'done')
    return (
      <p role="status" className="pd-figures">
        {countOf(done, 'subscription')} saved to <bdi>{path}</bdi>.
      </p>
    );
  return (
    <div className="pd-export__progress">
      <p role="status" className="pd-figures">
        {formatCount(done)} of {countOf(total, 'subscription')} written to <bdi>{path}</bdi>
      </p>
      <Progress size="sm" aria-label="Written" value={total === 0 ? 100 : (done / total) * 100} />
    </div>
  );
}
