import type { FastifyInstance } from 'fastify';
import type { Settings } from '../../../contract/settings.ts';
import type { EngineOptions } from '../../../contract/engine-options.ts';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import type {
  ReachCheck,
  ReachStatus,
  ServedRequest,
  PhoneWatch,
  ServerKit,
  ServerStatus,
} from '../../../contract/server.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { createGrowthCap, NEW_PER_HOUR, NEW_PER_HOUR_PUBLIC } from '../../http/growth-cap.ts';
import { createHttpApp } from '../../http/http-app.ts';
import { listenAtLoopbacks } from '../../http/listen.ts';
import type { LocalApiOptions } from '../../http/local-api/local-api.ts';
import { pageUrl } from '../../http/own-address.ts';
import { listenProblem, movedProblem } from '../../http/port-problems.ts';
import { readPageFiles } from '../../http/page-files.ts';
import type { HealthProblem, KeyInUse, SubscriptionIntake } from '../../http/public-routes.ts';
import { createReachNonces } from '../../http/reach-nonces.ts';
import type { Reach } from '../../http/reach.ts';
import type { ReceiptIntake } from '../../http/receipt-routes.ts';
import { createRequestLog } from '../../http/request-log.ts';
import type { OpenTo } from './ask-own-address.ts';
import { createOuterDoor, type OuterDoor, type OuterSettings } from './outer-door.ts';
import { checkReach } from './reach-check.ts';
import type { Host } from '../../base/host.ts';
import type { OwnSubscription } from '../../../contract/http.ts';
import type { SubscriptionId } from '../../../contract/ids.ts';
import { createPhoneWatches, type PhoneWatches } from './phone-watch.ts';
import { makeKitZip } from './kit-zip.ts';
import { readReach } from './server-reach.ts';
import {
  NOT_RUNNING,
  NOT_RUNNING_TO_CHECK,
  NO_PUBLIC_ADDRESS,
  NO_KEY_PAIR,
  NO_DESKTOP,
} from './server-problems.ts';

/** The embedded server that browsers talk to. */
export interface ServerService {
  status(): ServerStatus;
  /** Starts it, or leaves it alone if it is running. Never throws: what went wrong is in the status. */
  start(): Promise<ServerStatus>;
  /** Stops it and drops open connections; harmless if it is not running. */
  stop(): Promise<ServerStatus>;
  /** Takes over a certificate that was renewed. */
  readonly tidy: () => Promise<void>;
  /** The last 200 requests, newest first. */
  requests(): ServedRequest[];
  /** The owner has seen the warning that unusually many subscriptions came. */
  answerGrowth(answer: { letMoreIn: boolean }): ServerStatus;
  /**
   * Checks through the public address that it leads here.
   * @throws Refusal NOT_FOUND while none is set, CONFLICT while the server does not run
   */
  checkReach(): Promise<ServerStatus>;
  /**
   * Opens the page in the person's browser.
   * @throws Refusal CONFLICT while the server does not run, UNAVAILABLE without a desktop
   */
  openSubscribePage(): Promise<{ url: string }>;
  /**
   * Makes a link for a phone.
   * @throws Refusal CONFLICT while the server does not run
   */
  watchPhone(): PhoneWatch;
  phone(link: { token: string }): ReturnType<PhoneWatches['look']>;
  leavePhone(link: { token: string }): { left: boolean };
  /** What a person's own site needs to know. */
  kit(): ServerKit;
  /**
   * Saves the kit as a zip where the person chooses.
   * @throws Refusal CONFLICT without a key pair, UNAVAILABLE without a desktop or if the kit cannot be read
   */
  saveKit(): Promise<{ path: string | null }>;
}

export interface ServerServiceOptions {
  settings: {
    get(): Pick<
      Settings,
      'serverPort' | 'sites' | 'publicUrl' | 'trustedProxies' | 'publicApi' | 'remoteWorkspace'
    > &
      OuterSettings;
  };
  /** `port` overrides the one in the settings, and the start fails if it is taken; 0 means any. */
  options: Pick<EngineOptions, 'port'>;
  /** Folder that holds the built subscribe page. */
  pageDir: string;
  subscriptions: SubscriptionIntake & { idOf(own: OwnSubscription): SubscriptionId | null };
  receipts: ReceiptIntake;
  keys: KeyInUse;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
  /** `null`: there is none. */
  localApi: LocalApiOptions | null;
  /** What is wrong with its token. */
  tokenProblem: () => Problem | null;
  /** Tells other programs where the server listens; `null`: nowhere. */
  notePort?: (port: number | null) => Promise<void>;
  /** What keeps the engine from its work; omitted: nobody checks. */
  health?: () => HealthProblem[];
  /** Opens a connection to the public address. */
  openTo: OpenTo;
  /** Opens an address in the person's browser and returns whether that worked; `null` if there is no desktop. */
  openInBrowser: ((url: string) => Promise<boolean>) | null;
  /** Asks where to save, and saves; `null` as above. */
  saveBytes: Host['desktop']['saveBytes'] | null;
}

type State =
  | { kind: 'stopped' }
  | { kind: 'failed'; wantedPort: number; problem: Problem }
  | { kind: 'running'; wantedPort: number; port: number; app: FastifyInstance; door: OuterDoor };

export function createServerService({
  settings,
  options,
  pageDir,
  subscriptions,
  receipts,
  keys,
  changes,
  clock,
  log,
  localApi,
  tokenProblem,
  notePort = () => Promise.resolve(),
  health,
  openTo,
  openInBrowser,
  saveBytes,
}: ServerServiceOptions): ServerService {
  const requests = createRequestLog();
  const nonces = createReachNonces();
  let check: ReachCheck | null = null;
  const reachNow = (port: number | null): Reach => readReach(settings.get(), port);
  const growth = createGrowthCap({
    clock,
    perHour: () => (reachNow(null).publicAddress === null ? NEW_PER_HOUR : NEW_PER_HOUR_PUBLIC),
    onChange: () => {
      changes.publish('server');
    },
  });
  const phones = createPhoneWatches({
    clock,
    idOf: (own) => subscriptions.idOf(own),
    onChange: () => {
      changes.publish('phone');
    },
  });
  let state: State = { kind: 'stopped' };
  let turn: Promise<unknown> = Promise.resolve();

  /** Starts and stops run one after the other, so that two quick presses cannot leave two servers. */
  const inTurn = (work: () => Promise<void>): Promise<ServerStatus> => {
    const done = turn.then(work).then(status);
    turn = done.catch(() => undefined);
    return done;
  };

  const become = (next: State) => {
    state = next;
    changes.publish('server');
  };

  const status = (): ServerStatus => ({
    ...statusOfState(),
    growth: growth.problem(),
    tokenProblem: tokenProblem(),
    reach: reachStatus(),
  });

  function reachStatus(): ReachStatus {
    const url = reachNow(null).publicAddress?.url ?? null;
    const outer = state.kind === 'running' ? state.door.status() : null;
    return { url, check: check?.url === url ? check : null, outer };
  }

  function statusOfState(): Omit<ServerStatus, 'growth' | 'tokenProblem' | 'reach'> {
    const wantedPort = options.port ?? settings.get().serverPort;
    switch (state.kind) {
      case 'stopped':
        return { state: 'stopped', wantedPort, port: null, url: null, problem: null };
      case 'failed':
        return {
          state: 'failed',
          wantedPort: state.wantedPort,
          port: null,
          url: null,
          problem: state.problem,
        };
      case 'running':
        return {
          state: 'running',
          wantedPort: state.wantedPort,
          port: state.port,
          url: pageUrl(state.port),
          problem: movedProblem(state.wantedPort, state.port, process.platform),
        };
    }
  }

  /** A disk that takes nothing keeps no server from running. */
  const note = (port: number | null) =>
    notePort(port).catch((error: unknown) => {
      log.warn({ err: error }, 'the port could not be noted');
    });

  async function start(): Promise<void> {
    if (state.kind === 'running') return;
    const wantedPort = options.port ?? settings.get().serverPort;
    const page = await readPageFiles(pageDir);
    if (page.kind === 'missing') {
      become({ kind: 'failed', wantedPort, problem: page.problem });
      return;
    }
    let port: number | null = null;
    const app = await createHttpApp({
      files: page.files,
      subscriptions,
      receipts,
      phones,
      keys,
      growth,
      nonces,
      health,
      clock,
      log,
      hasScreens: openInBrowser !== null,
      localApi,
      reach: () => reachNow(port),
      onServed: (request) => {
        requests.add(request);
        changes.publish('requests');
      },
    });
    // A port that was named is taken literally: scripts and bookmarks lead there, and would find another program.
    const isNamed = options.port !== null;
    const door = createOuterDoor(app, settings.get(), reachNow(null).publicAddress, clock);
    const listening = await listenAtLoopbacks(app, { wanted: wantedPort, mayMove: !isNamed, ...door.bound });
    if (listening.kind === 'failed') {
      await app.close();
      const { port: tried, code } = listening;
      log.warn({ port: tried, code }, 'the server could not start');
      const problem = listenProblem({ port: tried, code, isNamed, platform: process.platform });
      become({ kind: 'failed', wantedPort, problem });
      return;
    }
    port = listening.port;
    log.info({ port }, 'the server listens');
    await door.open(port);
    logDoor(door);
    await note(port);
    become({ kind: 'running', wantedPort, port, app, door });
  }

  /** A server without a window shows it nowhere else. */
  function logDoor(door: OuterDoor): void {
    const outer = door.status();
    if (outer === null) return;
    const { address, problem, warnings } = outer;
    if (problem === null) log.info({ address }, 'the server listens there too');
    for (const { code, cause } of problem === null ? warnings : [problem]) log.warn({ address, code }, cause);
  }

  async function stop(): Promise<void> {
    if (state.kind === 'running') {
      await state.app.close();
      await note(null);
      log.info({ port: state.port }, 'the server stopped');
    }
    if (state.kind !== 'stopped') become({ kind: 'stopped' });
  }

  function kit(): ServerKit {
    const { publicAddress } = reachNow(null);
    return {
      engine: publicAddress?.url ?? (state.kind === 'running' ? pageUrl(state.port) : null),
      isPublic: publicAddress !== null,
      publicKey: keys.inUse()?.publicKey ?? null,
    };
  }

  return {
    status,
    kit,
    async saveKit() {
      const { engine, publicKey } = kit();
      if (publicKey === null) throw new Refusal('CONFLICT', NO_KEY_PAIR);
      if (saveBytes === null) throw new Refusal('UNAVAILABLE', NO_DESKTOP);
      const page = await readPageFiles(pageDir);
      if (page.kind === 'missing') throw new Refusal('UNAVAILABLE', page.problem);
      const zip = makeKitZip(page.files, { engine, publicKey });
      return saveBytes({
        title: 'Save the kit for your site',
        suggestedName: 'pushdesk.zip',
        base64: Buffer.from(zip).toString('base64'),
      });
    },
    watchPhone() {
      if (state.kind !== 'running') throw new Refusal('CONFLICT', NOT_RUNNING);
      const token = phones.open();
      const { publicAddress } = reachNow(null);
      // Behind the #, no server and no log in between sees it.
      const url = `${publicAddress?.url ?? pageUrl(state.port)}#phone=${token}`;
      return { token, url, isPublic: publicAddress !== null };
    },
    phone: ({ token }) => phones.look(token),
    leavePhone: ({ token }) => ({ left: phones.close(token) }),
    start: () => inTurn(start),
    stop: () => inTurn(stop),
    async tidy() {
      if (state.kind !== 'running') return;
      const { door } = state;
      if (!(await door.refresh())) return;
      logDoor(door);
      changes.publish('server');
    },
    requests: () => requests.list(),
    answerGrowth(answer) {
      growth.answer(answer);
      return status();
    },
    async checkReach() {
      const { publicAddress: address } = reachNow(null);
      if (address === null) throw new Refusal('NOT_FOUND', NO_PUBLIC_ADDRESS);
      if (state.kind !== 'running') throw new Refusal('CONFLICT', NOT_RUNNING_TO_CHECK);
      check = await checkReach({ address, port: state.port, nonces, openTo, clock });
      log.info({ problem: check.problem?.code ?? null }, 'the public address was checked');
      changes.publish('server');
      return status();
    },
    async openSubscribePage() {
      if (state.kind === 'failed') throw new Refusal('UNAVAILABLE', state.problem);
      if (state.kind === 'stopped') throw new Refusal('CONFLICT', NOT_RUNNING);
      const url = pageUrl(state.port);
      if (openInBrowser === null || !(await openInBrowser(url))) {
        throw new Refusal('UNAVAILABLE', {
          code: 'no-browser',
          cause: 'Pushdesk could not open a browser.',
          cure: `Open ${url} in a browser on this machine.`,
        });
      }
      return { url };
    },
  };
}
