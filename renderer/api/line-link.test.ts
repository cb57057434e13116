import { ORPCError } from '@orpc/client';
import { TANSTACK_QUERY_OPERATION_CONTEXT_SYMBOL } from '@orpc/tanstack-query';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../electron/contract/workspaces.ts';
import type { PortLink } from '../../electron/port/call-port.ts';
import { fakeWorkspaces, homeWorkspace, shopWorkspace } from '../testing/fake-workspaces.ts';
import { createLineLink } from './line-link.ts';
import { problemOf } from './problem-of.ts';

const LOST: Line = {
  state: 'lost',
  problem: { code: 'line-broken', cause: 'Lost.', cure: 'Wait.' },
  since: 5,
  nextTryAt: 10,
  isTrying: false,
  wants: 'nothing',
};

const OPEN: Line = { state: 'open' };

/** A window on a server, with a link that answers as a test says. */
function rig({ remote = true, line = OPEN }: { remote?: boolean; line?: Line } = {}) {
  const current = remote ? shopWorkspace : homeWorkspace;
  const app = fakeWorkspaces({ current, line: remote ? line : { state: 'here' } });
  const calls: unknown[] = [];
  const answers: (() => unknown)[] = [];
  const link = {
    call: (_path: readonly string[], input: unknown) =>
      new Promise((resolve) => {
        calls.push(input);
        resolve((answers.shift() ?? (() => 'done'))());
      }),
  } as unknown as PortLink;
  let give: (given: PortLink) => void = () => undefined;
  let waiting = new Promise<PortLink>((resolve) => {
    give = resolve;
  });
  const connect = () => {
    give(link);
  };
  const disconnect = () => {
    waiting = new Promise<PortLink>((resolve) => {
      give = resolve;
    });
  };
  connect();
  const lineLink = createLineLink({ current: () => waiting, workspaces: app.connection });
  const call = (input: unknown, signal?: AbortSignal) =>
    lineLink.call(['campaigns', 'start'], input, {
      context: {},
      ...(signal === undefined ? {} : { signal }),
    });
  const codeOf = (input: unknown, signal?: AbortSignal) =>
    call(input, signal).then(
      (value) => value,
      (error: unknown) => problemOf(error).code,
    );
  const drop = () => {
    throw new Error('The port was closed.');
  };
  return { app, call, codeOf, calls, answers, connect, disconnect, drop };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('a call to a server', () => {
  it('goes through while there is a line, and brings what the engine refuses', async () => {
    const { codeOf, answers } = rig();
    expect(await codeOf({})).toBe('done');
    answers.push(() => {
      throw new ORPCError('CONFLICT', { defined: true, data: { code: 'taken', cause: 'a', cure: 'b' } });
    });
    expect(await codeOf({})).toBe('taken');
  });

  it('fails with a sentence instead of waiting while the line is lost', async () => {
    const { codeOf, calls, disconnect } = rig({ line: LOST });
    disconnect();
    expect(await codeOf({})).toBe('line-lost');
    expect(calls).toEqual([]);
  });

  it('that only fills a screen says that it comes back by itself', async () => {
    const { app } = rig({ line: LOST });
    const link = createLineLink({ current: () => new Promise(() => undefined), workspaces: app.connection });
    const asked = (type: string) =>
      Promise.resolve(
        link.call(['keys', 'list'], undefined, {
          context: { [TANSTACK_QUERY_OPERATION_CONTEXT_SYMBOL]: { type } },
        }),
      ).catch((error: unknown) => problemOf(error).cure);
    expect(await asked('query')).toBe('This appears when the connection is back.');
    expect(await asked('mutation')).toContain('Try again');
  });

  it('that only fills a screen speaks of no change where its answer was lost', async () => {
    const { app } = rig();
    const cutLink = { call: () => Promise.reject(new Error('The port was closed.')) } as unknown as PortLink;
    const link = createLineLink({ current: () => Promise.resolve(cutLink), workspaces: app.connection });
    const asked = (type: string) =>
      Promise.resolve(
        link.call(['keys', 'list'], undefined, {
          context: { [TANSTACK_QUERY_OPERATION_CONTEXT_SYMBOL]: { type } },
        }),
      ).catch((error: unknown) => problemOf(error).cure);
    expect(await asked('query')).toBe('This appears when the connection is back.');
    expect(await asked('mutation')).toContain('check whether the change was made');
  });

  it('waits for the first line, and fails when that does not come about', async () => {
    const { app, codeOf, connect, disconnect } = rig({ line: { state: 'connecting' } });
    disconnect();
    const first = codeOf({});
    app.show({ line: LOST });
    expect(await first).toBe('line-lost');
    app.show({ line: { state: 'connecting' } });
    const second = codeOf({});
    connect();
    expect(await second).toBe('done');
  });

  it('whose answer was lost is not repeated, and says that nobody knows', async () => {
    const { codeOf, calls, answers, drop } = rig();
    answers.push(drop);
    expect(await codeOf({ id: 'x' })).toBe('line-cut');
    expect(calls).toHaveLength(1);
  });

  it('with a request id is repeated once the line is back: the same call, which the engine knows', async () => {
    const { app, codeOf, calls, answers, connect, disconnect } = rig();
    let cut: (error: Error) => void = () => undefined;
    answers.push(
      () =>
        new Promise((_resolve, reject) => {
          cut = reject;
        }),
    );
    const input = { requestId: '5b1c3a0e-3f62-4f0e-8a44-5d1f0a3c9f10', message: { title: 'Sale' } };
    const result = codeOf(input);
    await settled();
    disconnect();
    cut(new Error('The port was closed.'));
    app.show({ line: LOST });
    await settled();
    app.show({ line: { state: 'connecting' } });
    await settled();
    expect(calls).toHaveLength(1);
    app.show({ line: { state: 'open' } });
    connect();
    expect(await result).toBe('done');
    expect(calls).toEqual([input, input]);
  });

  it('with a request id that is cut again says that pressing again is safe', async () => {
    const { codeOf, calls, answers, drop } = rig();
    answers.push(drop, drop);
    expect(await codeOf({ requestId: 'x' })).toBe('line-cut-safe');
    expect(calls).toHaveLength(2);
  });

  it('that nobody wants any more ends, also while it waits', async () => {
    const { call, disconnect } = rig({ line: { state: 'connecting' } });
    disconnect();
    const stop = new AbortController();
    const result = call({}, stop.signal);
    stop.abort();
    await expect(result).rejects.toThrow();
  });
});

describe('a call to the engine of this machine', () => {
  it('waits for one that starts again, as long as that takes', async () => {
    const { codeOf, connect, disconnect } = rig({ remote: false });
    disconnect();
    const result = codeOf({});
    await settled();
    connect();
    expect(await result).toBe('done');
  });

  it('whose answer was lost speaks of the engine', async () => {
    const { codeOf, answers, drop } = rig({ remote: false });
    answers.push(drop);
    expect(await codeOf({})).toBe('engine-away');
  });
});
