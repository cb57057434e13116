import { describe, expect, it } from 'vitest';
import { WORKSPACE_VERSION } from '../../contract/workspace.ts';
import type { LineEnd } from './line-problems.ts';
import { createRemoteLine } from './remote-line.ts';
import type { SocketEvents } from './remote-socket.ts';

const SERVER = {
  address: 'https://push.example.org',
  socket: 'wss://push.example.org/workspace',
  host: 'push.example.org',
};
const GREETING = { version: '0.1.0', contract: WORKSPACE_VERSION, name: 'push.example.org' };
const CUT: LineEnd = { next: 'retry', problem: { code: 'line-broken', cause: 'Lost.', cure: 'Wait.' } };
const REVOKED: LineEnd = {
  next: 'token',
  problem: { code: 'line-token-revoked', cause: 'Gone.', cure: 'New.' },
};
const OFF: LineEnd = { next: 'ask', problem: { code: 'line-off', cause: 'Off.', cure: 'On.' } };

function rig(first: string | null = 'pushdesk_a') {
  const sockets: { token: string; events: SocketEvents; sent: string[]; isClosed: boolean }[] = [];
  const timers: { run: () => void; at: number }[] = [];
  let now = 1_000_000;
  let token = first;
  let opens = 0;
  const line = createRemoteLine({
    server: SERVER,
    token: () => token,
    keepToken: (next) => {
      token = next;
    },
    openSocket(_to, given, events) {
      const socket = { token: given, events, sent: [] as string[], isClosed: false };
      sockets.push(socket);
      return {
        send: (text) => socket.sent.push(text),
        close: () => {
          socket.isClosed = true;
        },
      };
    },
    schedule(run, delayMs) {
      const timer = { run, at: now + delayMs };
      timers.push(timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) timers.splice(at, 1);
      };
    },
    now: () => now,
    random: () => 0.5,
    onChange: () => undefined,
    onOpen: () => {
      opens += 1;
    },
  });
  const pass = (ms: number) => {
    now += ms;
    for (const timer of timers.filter(({ at }) => at <= now)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
  };
  const last = () => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('No socket was opened.');
    return socket;
  };
  const open = () => {
    last().events.onOpen(GREETING);
  };
  /** How long it waits for the next try. */
  const delay = () => {
    const state = line.state();
    return state.state === 'lost' && state.nextTryAt !== null ? state.nextTryAt - now : null;
  };
  return { line, sockets, timers, last, open, pass, delay, opens: () => opens, now: () => now };
}

/** Takes the port as a bridge does. */
function taken(port: ReturnType<ReturnType<typeof rig>['line']['connect']>) {
  if (port === null) throw new Error('There is no port.');
  const heard: unknown[] = [];
  port.on('message', (data) => heard.push(data));
  port.on('close', () => heard.push('closed'));
  return { port, heard };
}

describe('the line of a window', () => {
  it('has no port before the server has greeted, and then one for one page', () => {
    const { line, last, open, opens } = rig();
    line.start();
    expect(line.state()).toEqual({ state: 'connecting' });
    expect(line.connect()).toBeNull();
    open();
    expect([line.state().state, opens()]).toEqual(['open', 1]);
    const { port, heard } = taken(line.connect());
    port.postMessage('{"i":"1"}');
    last().events.onFrame('{"i":"1","p":{}}');
    expect([last().sent, heard]).toEqual([['{"i":"1"}'], ['{"i":"1","p":{}}']]);
  });

  it('gives the next page a line of its own, because its calls are numbered anew', () => {
    const { line, sockets, open, opens } = rig();
    line.start();
    open();
    const { port } = taken(line.connect());
    port.close();
    expect(sockets[0]?.isClosed).toBe(true);
    expect(line.connect()).toBeNull();
    expect(sockets).toHaveLength(2);
    // What the old one still says reaches nobody.
    sockets[0]?.events.onEnd(CUT);
    expect(line.state()).toEqual({ state: 'connecting' });
    open();
    expect([line.connect() === null, opens()]).toEqual([false, 2]);
  });

  it('says since when it is lost, closes the port, and comes back by itself', () => {
    const { line, sockets, last, open, pass, now } = rig();
    line.start();
    open();
    const { heard } = taken(line.connect());
    pass(60_000);
    const lostAt = now();
    last().events.onEnd(CUT);
    expect(heard).toEqual(['closed']);
    expect(line.state()).toEqual({
      state: 'lost',
      problem: CUT.problem,
      since: lostAt,
      nextTryAt: lostAt + 1_000,
      isTrying: false,
      wants: 'nothing',
    });
    pass(1_000);
    expect(line.state()).toMatchObject({ state: 'lost', isTrying: true, since: lostAt });
    expect(sockets).toHaveLength(2);
    open();
    expect(line.state()).toEqual({ state: 'open' });
  });

  it('tries less and less often, and never gives up', () => {
    const { line, last, pass, delay } = rig();
    line.start();
    const delays: (number | null)[] = [];
    for (let time = 0; time < 8; time += 1) {
      last().events.onEnd(CUT);
      delays.push(delay());
      pass(delay() ?? 0);
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000]);
  });

  it('does not hammer a server that lets it in and drops it at once', () => {
    const { line, last, open, pass, delay } = rig();
    line.start();
    for (const expected of [1_000, 2_000, 4_000]) {
      open();
      last().events.onEnd(CUT);
      expect(delay()).toBe(expected);
      pass(expected);
    }
    open();
    pass(10_000);
    last().events.onEnd(CUT);
    expect(delay()).toBe(1_000);
  });

  it('waits as long as the server asks', () => {
    const { line, last, delay } = rig();
    line.start();
    last().events.onEnd({ ...CUT, afterMs: 90_000 });
    expect(delay()).toBe(90_000);
  });

  it('asks for another token where that was revoked, and does not try without one', () => {
    const { line, sockets, last, open, pass } = rig();
    line.start();
    open();
    last().events.onEnd(REVOKED);
    expect(line.state()).toMatchObject({ state: 'lost', nextTryAt: null, wants: 'token' });
    pass(3_600_000);
    expect(line.tryNow()).toBe(false);
    expect(sockets).toHaveLength(1);
    line.giveToken('pushdesk_b');
    expect(last().token).toBe('pushdesk_b');
    open();
    expect(line.state()).toEqual({ state: 'open' });
  });

  it('asks for the token where none is kept', () => {
    const { line, sockets } = rig(null);
    line.start();
    expect(line.state()).toMatchObject({ state: 'lost', since: null, wants: 'token' });
    expect(sockets).toEqual([]);
  });

  it('is tried again by the person alone where only somebody at the server can help', () => {
    const { line, sockets, last, pass } = rig();
    line.start();
    last().events.onEnd(OFF);
    pass(3_600_000);
    expect(sockets).toHaveLength(1);
    expect(line.tryNow()).toBe(true);
    expect(sockets).toHaveLength(2);
  });

  it('tries once, however often it is told to', () => {
    const { line, sockets, last, timers } = rig();
    line.start();
    last().events.onEnd(CUT);
    line.tryNow();
    line.tryNow();
    expect(sockets).toHaveLength(2);
    expect(timers).toEqual([]);
  });

  it('is over when its window goes', () => {
    const { line, sockets, last, open, timers } = rig();
    line.start();
    open();
    line.stop();
    last().events.onEnd(CUT);
    expect([sockets[0]?.isClosed, timers.length, sockets.length]).toEqual([true, 0, 1]);
  });
});
