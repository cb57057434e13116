import { ORPCError, type ClientLink } from '@orpc/client';
import { TANSTACK_QUERY_OPERATION_CONTEXT_SYMBOL } from '@orpc/tanstack-query';
import type { Problem } from '../../electron/contract/problem.ts';
import type { PortLink } from '../../electron/port/call-port.ts';
import type { WorkspacesConnection } from './workspaces.ts';

/** How long a call that may be repeated waits for the line to come back, in milliseconds. */
const REPEAT_WITHIN_MS = 60_000;

/** A call to a server failed because of the line; the error says how. */
export class LineProblem extends Error {
  override readonly name = 'LineProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.cause);
    this.problem = problem;
  }
}

type Link = ClientLink<Record<string, never>>;

export interface LineLinkOptions {
  /** The link that there is, or the next one. */
  current: () => Promise<PortLink>;
  workspaces: WorkspacesConnection;
}

/**
 * Calls the engine. On this machine a call waits for an engine that is starting again. On a server, while the line is lost, it fails at
 * once and says so; where its answer was lost it is repeated only if it carries a request id, by which the engine recognises it: nothing is
 * done twice.
 */
export function createLineLink({ current, workspaces }: LineLinkOptions): Link {
  const lostNow = () => workspaces.view()?.line.state === 'lost';
  /** `null`: the line is lost, or was lost before there was a link. */
  const nextLink = (signal: AbortSignal | undefined): Promise<PortLink | null> =>
    new Promise((resolve, reject) => {
      const settle = () => {
        unlisten();
        signal?.removeEventListener('abort', abort);
      };
      const abort = () => {
        settle();
        reject(
          signal?.reason instanceof Error ? signal.reason : new Error('The call is not wanted any more.'),
        );
      };
      const unlisten = workspaces.listen(() => {
        if (!lostNow()) return;
        settle();
        resolve(null);
      });
      signal?.addEventListener('abort', abort);
      void current().then((link) => {
        settle();
        resolve(link);
      });
    });
  const isRemote = () => workspaces.view()?.current.kind === 'server';
  const placeName = () => workspaces.view()?.current.name ?? 'the server';

  const once: Link['call'] = async (path, input, options) => {
    const noLine = () => new LineProblem((isRead(options.context) ? notRead : notDone)(placeName()));
    if (lostNow()) throw noLine();
    const link = await nextLink(options.signal);
    if (link === null) throw noLine();
    try {
      return await link.call(path, input, options);
    } catch (error) {
      if (!isRemote() || error instanceof ORPCError || options.signal?.aborted === true) throw error;
      throw new LineProblem((isRead(options.context) ? notRead : cut)(placeName()));
    }
  };
  return {
    async call(path, input, options) {
      try {
        return await once(path, input, options);
      } catch (error) {
        const isCut = error instanceof LineProblem && error.problem.code === 'line-cut';
        if (!isCut || !hasRequestId(input)) throw error;
        return await again(path, input, options);
      }
    },
  };

  async function again(...[path, input, options]: Parameters<Link['call']>): Promise<unknown> {
    const patience = AbortSignal.timeout(REPEAT_WITHIN_MS);
    const signal = options.signal === undefined ? patience : AbortSignal.any([options.signal, patience]);
    let link: PortLink;
    try {
      link = await untilOpen(signal);
    } catch {
      throw new LineProblem(cutButSafe(placeName()));
    }
    try {
      return await link.call(path, input, options);
    } catch (error) {
      if (error instanceof ORPCError || options.signal?.aborted === true) throw error;
      throw new LineProblem(cutButSafe(placeName()));
    }
  }

  async function untilOpen(signal: AbortSignal): Promise<PortLink> {
    for (;;) {
      const link = lostNow() ? null : await nextLink(signal);
      if (link !== null) return link;
      await new Promise<void>((resolve, reject) => {
        const abort = () => {
          unlisten();
          reject(new Error('The connection did not come back in time.'));
        };
        const unlisten = workspaces.listen(() => {
          if (lostNow()) return;
          unlisten();
          signal.removeEventListener('abort', abort);
          resolve();
        });
        if (signal.aborted) abort();
        else signal.addEventListener('abort', abort);
      });
    }
  }
}

const hasRequestId = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'requestId' in input && typeof input.requestId === 'string';

/** Whether it only fills a screen: it is read again when the line is back. */
const isRead = (context: object): boolean => {
  const operation: unknown = Reflect.get(context, TANSTACK_QUERY_OPERATION_CONTEXT_SYMBOL);
  return (
    typeof operation === 'object' &&
    operation !== null &&
    'type' in operation &&
    operation.type !== 'mutation'
  );
};

const notRead = (name: string): Problem => ({
  code: 'line-lost',
  cause: `There is no connection to ${name} at the moment.`,
  cure: 'This appears when the connection is back.',
});

const notDone = (name: string): Problem => ({
  code: 'line-lost',
  cause: `There is no connection to ${name} at the moment, so nothing was done.`,
  cure: 'Try again when the connection is back. What you typed stays here.',
});

const cut = (name: string): Problem => ({
  code: 'line-cut',
  cause: `The connection to ${name} was lost before the answer came.`,
  cure: 'When the connection is back, check whether the change was made before you try again.',
});

const cutButSafe = (name: string): Problem => ({
  code: 'line-cut-safe',
  cause: `The connection to ${name} was lost before the answer came.`,
  cure: 'When the connection is back, press the same button again, before you change anything or reload the window. Then nothing is sent twice.',
});
