import { Button, Select, Text, Textarea } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import { IconFile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { visibleText } from '../../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import { countOf, formatBytes, formatCount } from '../../../format/numbers.ts';
import { Dialog, DialogButtons } from '../../../ui/Dialog.tsx';
import { Form } from '../../../ui/Form.tsx';
import { useHeldWork } from '../../../ui/held-work.ts';
import { toast } from '../../../ui/toast.ts';
import { ImportFindings } from './ImportFindings.tsx';
import { ImportProgress } from './ImportProgress.tsx';
import { isLong, useImport } from './use-import.ts';
import { whyNothing } from './why-nothing.ts';
import './import.css';

const UNKNOWN_KEY = 'unknown';
const STOP_IMPORT = 'Stop the import? What is stored stays.';

interface ImportDialogProps {
  opened: boolean;
  onClose: () => void;
  /** A file that was dropped. */
  file?: File;
  /** Which of several files it is, counted from 1. */
  place?: { index: number; total: number };
}

export function ImportDialog({ opened, onClose, file, place }: ImportDialogProps) {
  const which = place === undefined ? '' : `, file ${place.index} of ${place.total}`;
  return (
    <Dialog title={`Import subscriptions${which}`} opened={opened} onClose={onClose} size={720}>
      <ImportForm onDone={onClose} file={file} />
    </Dialog>
  );
}

function ImportForm({ onDone, file }: { onDone: () => void; file: File | undefined }) {
  const pairs = useQuery(useQueries().keys.list.queryOptions()).data ?? [];
  const [isPressed, setPressed] = useState(false);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  // With a single key pair, they were hardly made with any other.
  const key = chosenKey ?? (pairs.length === 1 ? pairs[0]?.publicKey : undefined) ?? UNKNOWN_KEY;
  const {
    source,
    reading,
    setText,
    clear,
    takeFile,
    mapping,
    setMapping,
    isUnsubscribedIncluded,
    setUnsubscribedIncluded,
    saving,
    storing,
    storingProgress,
    store,
    stop,
  } = useImport(key === UNKNOWN_KEY ? null : key);
  const takeDropped = useEffectEvent((dropped: File) => void takeFile(dropped));
  useEffect(() => {
    if (file !== undefined) takeDropped(file);
  }, [file]);
  const saveRejects = async () => {
    const saved = await saving.mutateAsync();
    if (saved !== null && saved.path !== null) toast(`${countOf(saved.count, 'rejected row')} saved.`);
  };
  const findings = reading.kind === 'read' ? reading.preview : null;
  const goodCount = findings ? findings.newCount + findings.knownCount : 0;

  // What is wrong with text that has been checked is said at once; that a field is empty, only after a press.
  const why = isPressed || reading.kind === 'refused' ? whyNothing(reading, source.file !== null) : null;
  const isFile = source.file !== null;
  const isKeyChosen = chosenKey !== null && source.text.trim() === '';
  useHeldWork(
    storing.isPending
      ? STOP_IMPORT
      : isFile
        ? `Discard the ${source.isPasted === true ? 'pasted text' : 'chosen file'}?`
        : isKeyChosen
          ? 'Discard your choice?'
          : null,
    ...(storing.isPending ? ['Keep importing', 'Stop import'] : []),
  );

  const press = async () => {
    const stored = await store();
    if (stored.kind === 'stopped') {
      const after = stored.rowCount === null ? '' : ` after ${countOf(stored.rowCount, 'row')}`;
      toast(`Stopped${after}. What is stored stays; import it again to go on.`);
      onDone();
      return;
    }
    const { addedCount, updatedCount, badCount, unsubscribedCount } = stored.result;
    const parts = [
      `${countOf(addedCount, 'subscription')} added`,
      ...(updatedCount > 0 ? [`${formatCount(updatedCount)} updated`] : []),
      ...(badCount > 0 ? [`${formatCount(badCount)} rejected`] : []),
      ...(unsubscribedCount > 0 ? [`${formatCount(unsubscribedCount)} unsubscribed left out`] : []),
    ];
    toast(`${parts.join(', ')}.`);
    onDone();
  };

  return (
    <Form
      className="pd-import"
      onSubmit={() => {
        setPressed(true);
        if (goodCount > 0 && !storing.isPending) void press().catch(() => undefined);
      }}
    >
      {source.file === null ? (
        <Textarea
          label="Subscriptions"
          description="Paste them in any form: JSON, a table, a database dump, code, a log."
          placeholder={'{"endpoint":"https://…","keys":{"p256dh":"…","auth":"…"}}'}
          classNames={{ input: 'pd-mono' }}
          autosize
          minRows={4}
          maxRows={reading.kind === 'none' ? 8 : 4}
          spellCheck={false}
          data-autofocus
          value={source.text}
          error={why && `${why.cause} ${why.cure}`}
          onChange={(event) => {
            setPressed(false);
            setText(event.currentTarget.value);
          }}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text');
            if (!isLong(pasted)) return;
            event.preventDefault();
            setPressed(false);
            const { value, selectionStart, selectionEnd } = event.currentTarget;
            setText(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
          }}
        />
      ) : (
        <div className="pd-import__file">
          <IconFile size={16} aria-hidden />
          <bdi className="pd-cut">{visibleText(source.file.name)}</bdi>
          <span className="pd-soft pd-small">{formatBytes(source.file.size)}</span>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            disabled={storing.isPending}
            onClick={() => {
              setPressed(false);
              clear();
            }}
          >
            {source.isPasted === true ? 'Remove' : 'Choose another'}
          </Button>
        </div>
      )}
      {source.text === '' && source.file === null && (
        <Dropzone
          className="pd-import__drop"
          multiple={false}
          inputProps={{ 'aria-label': 'Choose file' }}
          onDrop={([file]) => {
            setPressed(false);
            if (file) void takeFile(file);
          }}
        >
          <Text size="sm" c="dimmed" ta="center">
            Drop a file here, or click to choose one
          </Text>
        </Dropzone>
      )}
      {pairs.length > 0 && (
        <Select
          label="Made with"
          description="The key pair whose public key the site gave to these browsers. A subscription accepts messages from that key only."
          allowDeselect={false}
          disabled={storing.isPending}
          data={[
            { value: UNKNOWN_KEY, label: 'Not known: try the one in use' },
            ...pairs.map(({ publicKey, name }) => ({ value: publicKey, label: name })),
          ]}
          value={key}
          onChange={setChosenKey}
        />
      )}
      {reading.kind === 'reading' && reading.progress !== null && (
        <ImportProgress doing="Reading" progress={reading.progress} />
      )}
      {findings && (
        <ImportFindings
          findings={findings}
          mapping={mapping}
          onMapping={setMapping}
          isUnsubscribedIncluded={isUnsubscribedIncluded}
          onUnsubscribed={setUnsubscribedIncluded}
          isStoring={storing.isPending}
          isSaving={saving.isPending}
          onSaveRejects={() => void saveRejects().catch(() => undefined)}
        />
      )}
      {storingProgress !== null && <ImportProgress doing="Storing" progress={storingProgress} />}
      <DialogButtons problem={(isFile ? why : null) ?? problemOfEither(storing.error ?? saving.error)}>
        {storing.isPending && (
          <Button variant="default" onClick={stop}>
            Stop
          </Button>
        )}
        <Button type="submit" disabled={reading.kind === 'reading'} loading={storing.isPending}>
          {goodCount === 0 ? 'Import' : `Import ${countOf(goodCount, 'subscription')}`}
        </Button>
      </DialogButtons>
    </Form>
  );
}

function problemOfEither(error: unknown) {
  return error === null ? null : problemOf(error);
}
