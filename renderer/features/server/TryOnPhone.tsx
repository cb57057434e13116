import { Button } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PhoneWatch } from '../../../electron/contract/server.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import { PhoneChecklist } from './PhoneChecklist.tsx';
import './phone.css';

/** The button, and the dialog that it opens: the subscribe page as a QR code, and what is missing on the phone that opened it. */
export function TryOnPhone({ isRunning }: { isRunning: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDeviceMobile size={16} aria-hidden />}
        disabled={!isRunning}
        onClick={() => {
          setOpen(true);
        }}
      >
        Try it on a phone
      </Button>
      <Dialog
        title="Try it on a phone"
        opened={isOpen}
        keepsTyped={false}
        size={720}
        onClose={() => {
          setOpen(false);
        }}
      >
        {isOpen && (
          <Phone
            onLeave={() => {
              setOpen(false);
            }}
          />
        )}
      </Dialog>
    </>
  );
}

function Phone({ onLeave }: { onLeave: () => void }) {
  const { server } = useQueries();
  const { mutate, data: watch, error } = useMutation(server.watchPhone.mutationOptions());
  // If this request gets lost, the link ends by itself.
  const { mutate: leave } = useMutation(server.leavePhone.mutationOptions());
  const token = watch?.token;
  useEffect(() => {
    mutate(undefined);
  }, [mutate]);
  useEffect(() => {
    if (token === undefined) return;
    return () => {
      leave({ token });
    };
  }, [leave, token]);
  if (error) return <ProblemNotice problem={problemOf(error)} />;
  if (watch === undefined) return null;
  return (
    <Watched
      watch={watch}
      onLeave={onLeave}
      onRenew={() => {
        mutate(undefined);
      }}
    />
  );
}

interface WatchedProps {
  watch: PhoneWatch;
  onLeave: () => void;
  onRenew: () => void;
}

function Watched({ watch, onLeave, onRenew }: WatchedProps) {
  const { token, url, isPublic } = watch;
  const phone = useQuery({ ...useQueries().server.phone.queryOptions({ input: { token } }), staleTime: 0 });
  const address = url.replace(/#.*$/, '');
  const port = new URL(url).port;
  const visit = phone.data?.visit ?? null;
  if (phone.data?.state === 'ended') {
    return (
      <Notice
        tone="warn"
        cause="This QR code has expired: it is valid for half an hour."
        actions={
          <Button variant="default" size="xs" onClick={onRenew}>
            New QR code
          </Button>
        }
      />
    );
  }
  return (
    <div className="pd-phone">
      <div className="pd-phone__link">
        <QrCode text={url} label={`QR code of ${address}`} />
        <code className="pd-mono pd-phone__address" dir="ltr">
          {address}
        </code>
        <CopyButton label="Copy link" look="button" text={url} />
      </div>
      <div className="pd-phone__side">
        {visit === null ? (
          <Waiting isPublic={isPublic} port={port} />
        ) : (
          <PhoneChecklist visit={visit} onLeave={onLeave} />
        )}
        {phone.error && <ProblemNotice problem={problemOf(phone.error)} />}
      </div>
    </div>
  );
}

function Waiting({ isPublic, port }: { isPublic: boolean; port: string }) {
  if (!isPublic) return <Ways port={port} />;
  return (
    <>
      <h3 role="status">Waiting for a phone</h3>
      <p>Scan the code with the phone’s camera. What is missing for push there appears here.</p>
      <p className="pd-phone__cause">
        Nothing happens? If the phone warns about the certificate or finds no page, check the public address
        on Server: the phone must reach it too, not only this machine.
      </p>
    </>
  );
}

/** How a phone gets to a server that only this machine can reach. */
function Ways({ port }: { port: string }) {
  const reverse = `adb reverse tcp:${port} tcp:${port}`;
  const tunnel = `cloudflared tunnel --url http://localhost:${port}`;
  return (
    <>
      <Notice
        tone="warn"
        cause="A phone cannot reach this address: on a phone, localhost is the phone itself."
        cure="Choose one of these ways first."
      />
      <ul className="pd-phone__ways">
        <li>
          <strong>Android with a USB cable.</strong> Turn on USB debugging on the phone, run this, then scan
          the code:
          <Command text={reverse} />
        </li>
        <li>
          <strong>A tunnel.</strong> Run this, or ngrok or Tailscale, and set the https address that it prints
          as the public address on Server:
          <Command text={tunnel} />
        </li>
        <li>
          <strong>A server or certificate of your own.</strong> Set the public address on Server. iPhones need
          this or a tunnel.
        </li>
      </ul>
    </>
  );
}

function Command({ text }: { text: string }) {
  return (
    <span className="pd-phone__command">
      <code className="pd-mono" dir="ltr">
        {text}
      </code>
      <CopyButton label="Copy command" text={text} />
    </span>
  );
}
