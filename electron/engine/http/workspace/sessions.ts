import { StandardRPCHandler } from '@orpc/server/standard';
import type { WebSocket } from 'ws';
import type { AccessTokenId } from '../../../contract/ids.ts';
import { WORKSPACE_CLOSE } from '../../../contract/workspace.ts';
import { createFrameBudget } from '../../../port/frame-budget.ts';
import { createNowAndThen } from '../../../port/now-and-then.ts';
import { servePort } from '../../../port/serve-port.ts';
import type { Log } from '../../base/log.ts';
import type { EngineRouter } from '../../serve/router.ts';
import type { Admitted, TokenGate } from '../token-gate.ts';
import { socketPort } from './socket-port.ts';

export interface SessionLimits {
  /** How many may be open at a time, per token and in total. */
  perToken: number;
  total: number;
  /** The largest incoming frame: an import hands over a megabyte at a time, and a million ids are 8 MB. */
  frameBytes: number;
  /** How much may be waiting for a reader before another answer is made for it. */
  waitingBytes: number;
  heartbeatMs: number;
  /** How long a socket may take to close after being told to. */
  closingMs: number;
}

export const SESSION_LIMITS: SessionLimits = {
  perToken: 8,
  total: 32,
  frameBytes: 32 * 1024 * 1024,
  waitingBytes: 16 * 1024 * 1024,
  heartbeatMs: 20_000,
  closingMs: 2_000,
};

/** The sockets that are open. */
export interface Sessions {
  hasRoomFor(id: AccessTokenId): boolean;
  add(
    socket: WebSocket,
    admitted: Admitted,
    start: {
      greeting: string;
      isOtherVersion: boolean;
      /** Bytes that were written to the connection so far. */
      written: () => number;
    },
  ): void;
  /** Closes all of them; resolves when they are closed. */
  stop(): Promise<void>;
}

export interface SessionsOptions {
  router: EngineRouter;
  gate: TokenGate;
  /** Whether the person still wants any sessions. */
  isOn: () => boolean;
  limits: SessionLimits;
  log: Log;
}

interface Session {
  readonly tokenId: AccessTokenId;
  readonly close: (code: number, reason: string) => void;
  readonly beat: () => void;
  readonly closed: Promise<void>;
}

const BAD_FRAMES_TOLD = { most: 10, withinMs: 60_000 };
/** Unanswered pings: on a slow line, whatever the system still holds goes out before them. */
const MISSED_PINGS = 2;
/** How soon all are closed once the person no longer wants any. */
const LOOK_EVERY_MS = 1000;
const now = () => performance.now();

const TOKEN_GONE = 'The token was revoked or has expired.';
const SWITCHED_OFF = 'Remote workspace was switched off.';

export function createSessions({ router, gate, isOn, limits, log }: SessionsOptions): Sessions {
  const handler = new StandardRPCHandler(router);
  const open = new Set<Session>();
  const nowAndThen = createNowAndThen(now, BAD_FRAMES_TOLD);
  let heartbeat: NodeJS.Timeout | null = null;
  let lastBeat = 0;
  let isStopping = false;

  const warn = (what: string, about: object) => {
    nowAndThen((leftOut) => {
      log.warn({ ...about, leftOut }, what);
    });
  };

  const look = () => {
    const isBeat = now() - lastBeat >= limits.heartbeatMs;
    if (isBeat) lastBeat = now();
    const isWanted = isOn();
    for (const session of open) {
      if (!isWanted) session.close(WORKSPACE_CLOSE.scope, SWITCHED_OFF);
      else if (isBeat) session.beat();
    }
  };

  const add: Sessions['add'] = (socket, { id, name }, { greeting, isOtherVersion, written }) => {
    let isClosing = false;
    let missed = 0;
    let sentBefore = 0;

    const close = (code: number, reason: string) => {
      if (isClosing) return;
      isClosing = true;
      socket.close(code, reason);
      // A socket that does not answer the farewell is not waited for.
      setTimeout(() => {
        socket.terminate();
      }, limits.closingMs).unref();
    };
    const beat = () => {
      // A slow, busy line may deliver the answer to a ping late, but it does take what is sent.
      const sent = written() - socket.bufferedAmount;
      const isBusy = socket.bufferedAmount > 0 && sent > sentBefore;
      if (missed >= MISSED_PINGS && !isBusy) {
        socket.terminate();
        return;
      }
      missed += 1;
      sentBefore = sent;
      socket.ping();
    };
    const closed = new Promise<void>((resolve) => {
      socket.once('close', () => {
        release();
        open.delete(session);
        if (open.size === 0 && heartbeat !== null) {
          clearInterval(heartbeat);
          heartbeat = null;
        }
        log.info({ tokenId: id }, 'a remote workspace was closed');
        resolve();
      });
    });
    const session: Session = { tokenId: id, close, beat, closed };
    const release = gate.hold(id, () => {
      close(WORKSPACE_CLOSE.token, TOKEN_GONE);
    });
    // ws closes by itself after a protocol error.
    socket.on('error', (error) => {
      warn('a remote workspace broke the protocol; its socket was closed', {
        tokenId: id,
        reason: error.name,
      });
    });
    const isAlive = () => {
      missed = 0;
    };
    socket.on('pong', isAlive);
    socket.on('message', isAlive);
    open.add(session);
    if (heartbeat === null) lastBeat = now();
    heartbeat ??= setInterval(look, Math.min(limits.heartbeatMs, LOOK_EVERY_MS)).unref();

    if (isOtherVersion) {
      close(WORKSPACE_CLOSE.version, 'This engine speaks another version of the protocol.');
      return;
    }
    log.info({ tokenId: id, name }, 'a remote workspace was opened');
    socket.send(greeting);

    const mayCome = createFrameBudget(now);
    const port = socketPort(socket, {
      maxWaiting: limits.waitingBytes,
      onStuck() {
        warn('a remote workspace does not read what it asked for; its socket was closed', { tokenId: id });
        socket.terminate();
      },
      isHeard() {
        if (isClosing) return false;
        if (!gate.isValid(id)) close(WORKSPACE_CLOSE.token, TOKEN_GONE);
        else if (!isOn()) close(WORKSPACE_CLOSE.scope, SWITCHED_OFF);
        return !isClosing;
      },
    });
    servePort(port, handler, {
      mayCome,
      onBadFrame(reason) {
        const isFlood = reason.startsWith('too many');
        close(isFlood ? WORKSPACE_CLOSE.tooMany : WORKSPACE_CLOSE.badFrame, reason);
        warn('a remote workspace sent a frame that is not valid; its socket was closed', {
          tokenId: id,
          reason,
        });
      },
      onDefect(error) {
        close(WORKSPACE_CLOSE.defect, 'Something went wrong inside Pushdesk.');
        warn('a remote workspace could not be answered; its socket was closed', {
          tokenId: id,
          reason: error instanceof Error ? error.name : typeof error,
        });
      },
    });
  };

  return {
    hasRoomFor: (id) =>
      !isStopping &&
      open.size < limits.total &&
      [...open].filter(({ tokenId }) => tokenId === id).length < limits.perToken,
    add,
    async stop() {
      // A session that was added meanwhile would keep the server from ever closing.
      isStopping = true;
      const all = [...open];
      for (const { close } of all) close(WORKSPACE_CLOSE.stops, 'The engine stops.');
      await Promise.all(all.map(({ closed }) => closed));
    },
  };
}
