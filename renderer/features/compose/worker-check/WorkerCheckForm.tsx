import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Message } from '../../../../electron/contract/message.ts';
import {
  MAX_WORKER_FILES,
  MAX_WORKER_SCRIPT,
  type WorkerFile,
} from '../../../../electron/contract/worker-check.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import { DialogButtons } from '../../../ui/Dialog.tsx';
import { Form } from '../../../ui/Form.tsx';
import { useKept } from '../../../ui/kept.tsx';
import { ProblemNotice } from '../../../ui/ProblemNotice.tsx';
import { OpenFile } from './OpenFile.tsx';
import { WorkerFiles } from './WorkerFiles.tsx';
import { WorkerReport } from './WorkerReport.tsx';

interface GivenWorker {
  script: string;
  scriptUrl: string;
  files: readonly WorkerFile[];
}
const NOTHING: GivenWorker = { script: '', scriptUrl: '', files: [] };

/** Takes a service worker and says what it makes of the message. */
export function WorkerCheckForm({ message }: { message: Message }) {
  const { campaigns } = useQueries();
  const [given, setGiven] = useKept('worker check', NOTHING);
  const [isTried, setTried] = useState(false);
  const check = useMutation(campaigns.checkWorker.mutationOptions());
  const load = useMutation(
    campaigns.loadWorker.mutationOptions({
      onSuccess: ({ text, url }) => {
        setGiven({ ...given, script: text, scriptUrl: url });
      },
    }),
  );
  const address = given.scriptUrl.trim();
  const isAddress = /^https?:\/\//i.test(address) && URL.canParse(address);
  const scriptError =
    given.script.trim() === ''
      ? 'Paste the service worker, open its file, or load it from its address.'
      : given.script.length > MAX_WORKER_SCRIPT
        ? 'This is over 3 million characters: is it a service worker?'
        : null;
  const addressError =
    address !== '' && !isAddress ? 'Write a full address, such as https://shop.example/sw.js.' : null;
  const run = (files: readonly WorkerFile[]) => {
    setTried(true);
    if (scriptError !== null || addressError !== null) {
      // What was found before belongs to another worker.
      check.reset();
      return;
    }
    check.mutate({ message, script: given.script, scriptUrl: isAddress ? address : null, files: [...files] });
  };
  const setFiles = (files: readonly WorkerFile[]) => {
    setGiven({ ...given, files });
  };
  const add = (file: WorkerFile) => {
    const files = [...given.files.filter(({ url }) => url !== file.url), file].slice(-MAX_WORKER_FILES);
    setFiles(files);
    return files;
  };

  return (
    <Form
      className="pd-worker"
      onSubmit={() => {
        run(given.files);
      }}
    >
      <p className="pd-worker__about">
        Runs your site’s own service worker against this message and says what would appear. It runs in a
        sandbox: nothing is sent, and it reaches no network and no files.
      </p>
      <TextInput
        label="Address"
        description="Optional. Relative links start here. Load sends one request to your site."
        placeholder="https://shop.example/sw.js"
        inputMode="url"
        spellCheck={false}
        value={given.scriptUrl}
        error={isTried ? addressError : null}
        rightSectionWidth={72}
        rightSection={
          <Button
            size="compact-xs"
            variant="default"
            disabled={!isAddress}
            loading={load.isPending}
            onClick={() => {
              load.mutate({ url: address });
            }}
          >
            Load
          </Button>
        }
        onChange={(event) => {
          setGiven({ ...given, scriptUrl: event.currentTarget.value });
        }}
      />
      {load.error && <ProblemNotice problem={problemOf(load.error)} />}
      <div className="pd-worker__script">
        <Textarea
          label="Service worker"
          placeholder={"self.addEventListener('push', (event) => {\n  …"}
          classNames={{ input: 'pd-mono' }}
          data-autofocus
          autosize
          minRows={5}
          maxRows={10}
          spellCheck={false}
          value={given.script}
          error={isTried ? scriptError : null}
          onChange={(event) => {
            setGiven({ ...given, script: event.currentTarget.value });
          }}
        />
        <OpenFile
          className="pd-worker__open"
          onText={(text) => {
            setGiven({ ...given, script: text });
          }}
        />
      </div>
      <WorkerFiles files={given.files} onChange={setFiles} />
      {check.data && (
        <WorkerReport
          check={check.data}
          onAdd={(file) => {
            run(add(file));
          }}
        />
      )}
      <DialogButtons problem={check.error ? problemOf(check.error) : null}>
        <Button type="submit" loading={check.isPending}>
          {check.data ? 'Check again' : 'Check'}
        </Button>
      </DialogButtons>
    </Form>
  );
}
