import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { buildSubscribePage } from '../../../build/bundle/subscribe-page.mjs';
import type { CancelSubscription, ReportSubscription } from '../../../electron/contract/http.ts';
import type { ServedRequest } from '../../../electron/contract/server.ts';
import { systemClock } from '../../../electron/engine/base/clock.ts';
import { createServerService } from '../../../electron/engine/areas/server/server-service.ts';

/** The real page on the real server, built from its sources; behind it is a list of what it was told. */
export interface SubscribeSite {
  /** `http://localhost:<port>/`, also the scope of its service worker. */
  readonly url: string;
  /** The key that the page hands out. */
  publicKey: string | null;
  readonly reports: ReportSubscription[];
  readonly cancels: CancelSubscription[];
  requests(): ServedRequest[];
  /** As when the app is closed; `start` opens it again at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function serveSubscribeSite(publicKey: string | null): Promise<SubscribeSite> {
  const pageDir = await mkdtemp(path.join(tmpdir(), 'pushdesk-page-'));
  await buildSubscribePage(pageDir);
  const known = new Set<string>();
  // Below those that the system hands out when any port will do, so that it is still free when the site starts again.
  const options = { port: randomInt(11_000, 31_000) };
  const server = createServerService({
    settings: {
      get: () => ({
        serverPort: 4830,
        sites: [],
        publicUrl: null,
        trustedProxies: [],
        publicApi: false,
        remoteWorkspace: false,
        listen: null,
        tlsCert: null,
        tlsKey: null,
      }),
    },
    options,
    pageDir,
    localApi: null,
    tokenProblem: () => null,
    openTo: () => Promise.reject(new Error('This server has no public address.')),
    keys: { inUse: () => (site.publicKey === null ? null : { publicKey: site.publicKey }) },
    subscriptions: {
      report(report) {
        site.reports.push(report);
        const stored = known.has(report.subscription.endpoint) ? 'known' : 'new';
        known.add(report.subscription.endpoint);
        return { stored, replaced: 'none', leftOut: 0 };
      },
      idOf: () => null,
      cancel(cancel) {
        site.cancels.push(cancel);
        return { known: known.has(cancel.endpoint) };
      },
    },
    receipts: {
      take: ({ receipts }) => Promise.resolve({ taken: receipts.length }),
      noteDevice: () => undefined,
    },
    changes: { publish: () => undefined },
    clock: systemClock,
    log: pino({ enabled: false }),
    saveBytes: null,
    openInBrowser: null,
  });

  async function start(): Promise<string> {
    const { url, port, problem } = await server.start();
    if (url === null || port === null) throw new Error(problem?.cause ?? 'The server did not start');
    options.port = port;
    return url;
  }

  const site: SubscribeSite = {
    url: await start(),
    publicKey,
    reports: [],
    cancels: [],
    requests: () => server.requests(),
    async stop() {
      await server.stop();
    },
    async start() {
      await start();
    },
    async close() {
      await server.stop();
      await rm(pageDir, { recursive: true, force: true });
    },
  };
  return site;
}
