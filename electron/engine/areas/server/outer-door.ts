import type { FastifyInstance } from 'fastify';
import { readListenAddress } from '../../../contract/listen-address.ts';
import type { Problem } from '../../../contract/problem.ts';
import type { PublicAddress } from '../../../contract/public-address.ts';
import type { OuterStatus } from '../../../contract/server.ts';
import type { Settings } from '../../../contract/settings.ts';
import type { Clock } from '../../base/clock.ts';
import { readCertificateFiles, versionOf } from '../../http/certificate-files.ts';
import { validityProblem, type Validity } from '../../http/certificate-warnings.ts';
import { prepareOuterListener, type OuterListener } from '../../http/outer-listener.ts';

export type OuterSettings = Pick<Settings, 'listen' | 'tlsCert' | 'tlsKey'>;

/** Where the server listens for other machines: only on request. */
export interface OuterDoor {
  /** What the listener on the server's own port is bound to: the loopbacks, or all addresses. */
  readonly bound: { ipv4: string; ipv6: string };
  /** Opens it once the server has its port. */
  open(port: number): Promise<void>;
  status(): OuterStatus | null;
  /** Takes a renewed certificate, and notices one that expires. @returns whether anything changed */
  refresh(): Promise<boolean>;
}

const LOOPBACKS = { ipv4: '127.0.0.1', ipv6: '::1' };
const EVERYWHERE = { ipv4: '0.0.0.0', ipv6: '::' };

/** @param app one that is not ready yet */
export function createOuterDoor(
  app: FastifyInstance,
  { listen, tlsCert, tlsKey }: OuterSettings,
  publicAddress: PublicAddress | null,
  clock: Clock,
): OuterDoor {
  const at = listen === null ? null : readListenAddress(listen);
  const hasTls = tlsCert !== null || tlsKey !== null;
  const isAnywhere = at !== null && (at.host === '0.0.0.0' || at.host === '::');
  const publicUrl = publicAddress === null ? null : new URL(publicAddress.url);
  let status: OuterStatus | null = null;

  if (!hasTls && (at === null || (isAnywhere && at.port === null))) {
    return {
      bound: at === null ? LOOPBACKS : EVERYWHERE,
      open(port) {
        if (at !== null) status = { address: show(at.host, port), ...PLAIN };
        return Promise.resolve();
      },
      status: () => status,
      refresh: () => Promise.resolve(false),
    };
  }

  const openListener = prepareOuterListener(app);
  let version: string | null = null;
  let renew: OuterListener['renew'] | null = null;
  let validity: Validity | null = null;
  let told: Problem | null = null;
  /** Time alone can make a good certificate a bad one. */
  const timeProblem = () => (validity === null ? null : validityProblem(validity, clock.now()));
  const readFiles = () =>
    tlsCert === null || tlsKey === null
      ? Promise.resolve({ kind: 'failed', problem: HALF } as const)
      : readCertificateFiles(tlsCert, tlsKey, publicUrl?.hostname ?? null);

  return {
    bound: LOOPBACKS,
    async open(own) {
      const host = at?.host ?? LOOPBACKS.ipv4;
      const port =
        at?.port ?? (hasTls ? Number(publicUrl?.port === '' ? 443 : (publicUrl?.port ?? 443)) : own);
      const address = show(host, port);
      const files = hasTls ? await readFiles() : null;
      if (files?.kind === 'failed') {
        status = { address, isEncrypted: true, problem: files.problem, warnings: [] };
        return;
      }
      const opened = await openListener({ host, port }, files?.files ?? null);
      if (opened.kind === 'failed') {
        status = { address, isEncrypted: hasTls, problem: notOpened(address, opened.code), warnings: [] };
        return;
      }
      if (files === null) {
        status = { address, ...PLAIN };
        return;
      }
      version = files.files.version;
      renew = opened.listener.renew;
      validity = files.files.validity;
      told = timeProblem();
      status = { address, isEncrypted: true, problem: null, warnings: [...files.files.warnings] };
    },
    status() {
      const problem = timeProblem();
      return status === null || problem === null
        ? status
        : { ...status, warnings: [problem, ...status.warnings] };
    },
    async refresh() {
      if (renew === null || status === null || tlsCert === null || tlsKey === null) return false;
      const now = await versionOf(tlsCert, tlsKey);
      if (now === null || now === version) {
        const before = told;
        told = timeProblem();
        return before?.code !== told?.code;
      }
      const files = await readFiles();
      // Half written: the old one stays valid until the new one is complete.
      if (files.kind === 'failed') {
        status = { ...status, warnings: [files.problem] };
        return true;
      }
      version = files.files.version;
      validity = files.files.validity;
      told = timeProblem();
      renew(files.files);
      status = { ...status, warnings: [...files.files.warnings] };
      return true;
    },
  };
}

const show = (host: string, port: number) => `${host.includes(':') ? `[${host}]` : host}:${port}`;

const HALF: Problem = {
  code: 'certificate-half',
  cause: 'Only one of the two files is set: the certificate or its key.',
  cure: 'Set both (PUSHDESK_TLS_CERT and PUSHDESK_TLS_KEY), then restart the server.',
};

const PLAIN: Omit<OuterStatus, 'address'> = {
  isEncrypted: false,
  problem: null,
  warnings: [
    {
      code: 'listens-unencrypted',
      cause: 'Other machines can reach this server directly, and nothing encrypts what they send.',
      cure: 'Use it behind a proxy on another machine or in front of a container. A proxy on this machine needs no such address.',
    },
  ],
};

const notOpened = (address: string, code: string): Problem => ({
  code: 'cannot-listen-outside',
  cause: `The server could not listen at ${address} (${code}).`,
  cure:
    code === 'EACCES'
      ? 'Ports below 1024 need a permission. Use another port, or a proxy in front.'
      : 'Choose an address of this machine and a free port, then restart the server.',
});
