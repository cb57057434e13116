import { Anchor, Button, SegmentedControl } from '@mantine/core';
import { IconDownload, IconWorldWww } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { snippetsFor, type KitTarget, type KitUse } from '../../../electron/core/kit/snippets.ts';
import type { ServerKit } from '../../../electron/contract/server.ts';
import { useQueries, useWorkspaces } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { problemOf } from '../../api/problem-of.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { toast } from '../../ui/toast.ts';
import { MovingIn } from './MovingIn.tsx';
import './use-on-your-site.css';

const KIT_FILES = ['pushdesk.js', 'pushdesk-worker.js'];

const USES: readonly { value: KitUse; label: string }[] = [
  { value: 'html', label: 'HTML' },
  { value: 'button', label: 'Own button' },
  { value: 'react', label: 'React' },
  { value: 'worker', label: 'Existing worker' },
  { value: 'move', label: 'Moving in' },
  { value: 'wordpress', label: 'WordPress' },
];

/** Where the files go, before anything is pasted. */
const UPLOADS: Readonly<Record<KitUse, string>> = {
  html: 'Unpack the zip and upload the folder “pushdesk” to the top folder of your site.',
  button: 'Unpack the zip and upload the folder “pushdesk” to the top folder of your site.',
  react:
    'Unpack the zip. Put the folder “pushdesk” into “public” for the worker, and a copy of it into “src” for the code.',
  worker: 'Unpack the zip and upload the folder “pushdesk” to the top folder of your site.',
  move: 'Unpack the zip and upload the folder “pushdesk” to the top folder of your site.',
  wordpress:
    'Unpack the zip and upload the folder “pushdesk” with your host’s file manager or FTP, next to wp-config.php.',
};

/** The button, and the dialog that it opens: the kit for the person's own site. */
export function UseOnYourSite() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconWorldWww size={16} aria-hidden />}
        onClick={() => {
          setOpen(true);
        }}
      >
        Use on your site
      </Button>
      <Dialog
        title="Use on your site"
        opened={isOpen}
        keepsTyped={false}
        size={720}
        onClose={() => {
          setOpen(false);
        }}
      >
        {isOpen && <Kit />}
      </Dialog>
    </>
  );
}

function Kit() {
  const kit = useQuery({ ...useQueries().server.kit.queryOptions(), staleTime: 0 });
  return (
    <Loaded of={loadable(kit)}>
      {(told) =>
        told.publicKey === null ? (
          <Notice
            tone="warn"
            cause="There is no key pair yet, and your site needs its public key."
            cure="Open Keys and press Generate keys."
          />
        ) : (
          <Steps told={told} target={{ engine: told.engine, publicKey: told.publicKey }} />
        )
      }
    </Loaded>
  );
}

function Steps({ told, target }: { told: ServerKit; target: KitTarget }) {
  const [use, setUse] = useState<KitUse>('html');
  const save = useMutation(
    useQueries().server.saveKit.mutationOptions({
      onSuccess({ path }) {
        if (path !== null) toast(`Saved to ${path}.`);
      },
    }),
  );
  const snippets = snippetsFor(use, target);
  const current = useWorkspaces()?.current;
  const place = current?.kind === 'server' ? current.place : null;
  return (
    <div className="pd-kit">
      <Reach told={told} />
      <SegmentedControl
        aria-label="Kind of site"
        data={[...USES]}
        value={use}
        onChange={(value) => {
          setUse(value);
        }}
      />
      {use === 'move' && <MovingIn />}
      <ol className="pd-kit__steps">
        <li>
          {place === null ? (
            <>
              <p>{UPLOADS[use]}</p>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconDownload size={14} aria-hidden />}
                loading={save.isPending}
                onClick={() => {
                  save.mutate(undefined);
                }}
              >
                Save as zip
              </Button>
            </>
          ) : (
            <FilesOfServer place={place} />
          )}
          {save.error && <ProblemNotice problem={problemOf(save.error)} />}
        </li>
        {snippets.map(({ place, text }) => (
          <li key={place}>
            <p>Paste this {place}:</p>
            <div className="pd-kit__code">
              <pre className="pd-mono" tabIndex={0} aria-label={`Code to paste ${place}`}>
                {text.trimEnd()}
              </pre>
              <CopyButton label="Copy" look="button" text={text} hasLines />
            </div>
          </li>
        ))}
        {target.engine !== null && (
          <li>
            <p>Add your site’s address to “Your sites” on Server, so that Pushdesk accepts its calls.</p>
          </li>
        )}
      </ol>
    </div>
  );
}

/** The engine's machine writes the zip; from a server, the files are loaded as anyone would load them. */
function FilesOfServer({ place }: { place: string }) {
  return (
    <p>
      Save{' '}
      {KIT_FILES.map((name, at) => (
        <Fragment key={name}>
          {at > 0 && ' and '}
          <Anchor href={`${place}/kit/${name}`} target="_blank" rel="noreferrer">
            {name}
          </Anchor>
        </Fragment>
      ))}{' '}
      in a folder named “pushdesk” and upload it to the top folder of your site.
    </p>
  );
}

/** Whether visitors' browsers get through to here. */
function Reach({ told: { engine, isPublic } }: { told: ServerKit }) {
  if (isPublic) return null;
  return engine === null ? (
    <Notice
      tone="warn"
      cause="The server is off, so this code can’t report to Pushdesk. Visitors get a text to send you instead."
      cure="Turn the server on to get code that reports subscriptions automatically."
    />
  ) : (
    <Notice
      tone="warn"
      cause={`Only browsers on this machine can reach ${engine}.`}
      cure="That is enough to try it. For visitors elsewhere, set a public address on Server first."
    />
  );
}
