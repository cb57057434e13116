import type { Line } from '../../contract/workspaces.ts';
import type { EnginePort } from '../port-bridge.ts';
import type { LineEnd } from './line-problems.ts';
import { tokenMissing } from './line-problems.ts';
import type { OpenSocket, RemoteSocket } from './remote-socket.ts';
import type { ServerAddress } from './server-address.ts';

/** Between two tries, in milliseconds: soon at first, because most lines come back at once. */
const DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** A line lost sooner than this after it was opened counts as one more failure. */
const STABLE_AFTER_MS = 10_000;

export interface RemoteLineOptions {
  server: ServerAddress;
  /** `null`: it is not known, and the person is asked. */
  token: () => string | null;
  /** Keeps another one. */
  keepToken: (token: string) => void;
  openSocket: OpenSocket;
  /** Runs a function later and returns a function that cancels it. */
  schedule: (run: () => void, delayMs: number) => () => void;
  /** Milliseconds since 1970. */
  now: () => number;
  /** From 0 to 1: many apps must not all try at the same moment. */
  random: () => number;
  /** The state has changed. */
  onChange: () => void;
  /** There is a line that no window has taken yet. */
  onOpen: () => void;
}

/** The line of one window to the engine on a server. */
export interface RemoteLine {
  start(): void;
  stop(): void;
  state(): Line;
  /** The port to the engine while there is a fresh line. Each is for one page: the next page begins with a line of its own. */
  connect(): EnginePort | null;
  /** Tries at once where the line is lost; `false`: it is not, or a token is missing. */
  tryNow(): boolean;
  /** Tries with another token, which is kept. */
  giveToken(token: string): boolean;
}

export function createRemoteLine(options: RemoteLineOptions): RemoteLine {
  const { server } = options;
  let state: Line = { state: 'connecting' };
  let fresh: EnginePort | null = null;
  let closeSocket: (() => void) | null = null;
  let cancelTry: () => void = () => undefined;
  let failures = 0;
  let openedAt: number | null = null;
  let lostAt: number | null = null;
  let isStopped = false;

  const turn = (next: Line) => {
    state = next;
    options.onChange();
  };
  const lose = (end: LineEnd) => {
    const now = options.now();
    if (openedAt !== null) {
      lostAt = now;
      if (now - openedAt >= STABLE_AFTER_MS) failures = 0;
    }
    openedAt = null;
    closeSocket = null;
    fresh = null;
    const delay =
      end.next === 'retry' ? Math.max(delayOf(failures, options.random()), end.afterMs ?? 0) : null;
    failures += 1;
    turn({
      state: 'lost',
      problem: end.problem,
      since: lostAt,
      nextTryAt: delay === null ? null : now + delay,
      isTrying: false,
      wants: end.next === 'token' ? 'token' : 'nothing',
    });
    if (delay !== null) cancelTry = options.schedule(attempt, delay);
  };
  const attempt = () => {
    cancelTry();
    closeSocket?.();
    closeSocket = null;
    fresh = null;
    if (isStopped) return;
    const token = options.token();
    if (token === null) {
      lose(tokenMissing(server.host));
      return;
    }
    // What is said about a lost line stays until there is one again.
    if (state.state === 'lost') turn({ ...state, nextTryAt: null, isTrying: true, wants: 'nothing' });
    else turn({ state: 'connecting' });
    const port = createSocketPort();
    const socket = options.openSocket(server, token, {
      onOpen() {
        openedAt = options.now();
        fresh = port.port;
        turn({ state: 'open' });
        options.onOpen();
      },
      onFrame: (text) => {
        port.hear(text);
      },
      onEnd(end) {
        port.end();
        if (closeSocket === close) lose(end);
      },
    });
    const close = () => {
      socket.close();
      port.end();
    };
    port.attach(socket);
    closeSocket = close;
  };

  return {
    start: attempt,
    stop() {
      isStopped = true;
      cancelTry();
      closeSocket?.();
      closeSocket = null;
      fresh = null;
    },
    state: () => state,
    connect() {
      const port = fresh;
      fresh = null;
      if (port !== null) return port;
      // A reloaded page numbers its calls from the start, so the other side must start afresh too.
      if (state.state === 'open') attempt();
      return null;
    },
    tryNow() {
      if (state.state !== 'lost' || state.wants === 'token') return false;
      if (!state.isTrying) attempt();
      return true;
    },
    giveToken(token) {
      options.keepToken(token);
      failures = 0;
      attempt();
      return true;
    },
  };
}

function delayOf(failures: number, random: number): number {
  const delay = DELAYS_MS[Math.min(failures, DELAYS_MS.length - 1)] ?? 0;
  return Math.round(delay * (0.8 + 0.4 * random));
}

/** A socket as the bridge to a window takes it. */
function createSocketPort() {
  const onMessage: ((data: unknown) => void)[] = [];
  const onClose: (() => void)[] = [];
  let socket: RemoteSocket | null = null;
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    for (const listener of onClose) listener();
  };
  const port: EnginePort = {
    on(event: 'message' | 'close', listener: ((data: unknown) => void) | (() => void)) {
      if (event === 'message') onMessage.push(listener);
      else onClose.push(listener as () => void);
    },
    postMessage(data) {
      if (!isOver && typeof data === 'string') socket?.send(data);
    },
    close() {
      if (isOver) return;
      isOver = true;
      socket?.close();
    },
  };
  return {
    port,
    end,
    hear(text: string) {
      if (!isOver) for (const listener of onMessage) listener(text);
    },
    attach(opened: RemoteSocket) {
      socket = opened;
    },
  };
}
