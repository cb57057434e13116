import { implement } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { ORPCError } from '@orpc/server';
import { Refusal } from '../contract/problem.ts';
import { workspacesContract, type WorkspacesView } from '../contract/workspaces.ts';
import { createFrameBudget } from '../port/frame-budget.ts';
import type { FramePort } from '../port/frame-port.ts';
import { servePort } from '../port/serve-port.ts';
import type { WindowSaves } from './window-saves.ts';

/** What a window may ask of the app about workspaces. What it throws is a `Refusal`. */
export interface WorkspaceActs {
  view(): WorkspacesView;
  /** Calls `listener` at every change of the view; returns its undo. */
  listen(listener: () => void): () => void;
  chooseFolder(): Promise<string | null>;
  openFolder(path: string): Promise<string>;
  testServer(access: { address: string; token: string }): Promise<{ name: string; version: string }>;
  openServer(access: { address: string; token: string }): Promise<string>;
  open(id: string): Promise<string>;
  rename(id: string, name: string): void;
  forget(id: string): void;
  tryNow(): boolean;
  giveToken(token: string): boolean;
}

/** Serves the acts on one port; returns the way to end that. */
export function serveWorkspaces(
  port: FramePort & { close: () => void },
  acts: WorkspaceActs,
  saves: WindowSaves,
  { now, warn }: { now: () => number; warn: (text: string) => void },
): () => void {
  const ended = new AbortController();
  const os = implement(workspacesContract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      if (error instanceof Refusal) throw new ORPCError(error.kind, { defined: true, data: error.problem });
      throw error;
    }
  });
  const handler = new StandardRPCHandler(
    os.router({
      watch: os.watch.handler(({ signal }) =>
        views(acts, signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal])),
      ),
      chooseFolder: os.chooseFolder.handler(async () => ({ path: await acts.chooseFolder() })),
      openFolder: os.openFolder.handler(async ({ input }) => ({ id: await acts.openFolder(input.path) })),
      testServer: os.testServer.handler(({ input }) => acts.testServer(input)),
      openServer: os.openServer.handler(async ({ input }) => ({ id: await acts.openServer(input) })),
      open: os.open.handler(async ({ input }) => ({ id: await acts.open(input.id) })),
      rename: os.rename.handler(({ input }) => {
        acts.rename(input.id, input.name);
        return { id: input.id };
      }),
      forget: os.forget.handler(({ input }) => {
        acts.forget(input.id);
        return { id: input.id };
      }),
      tryNow: os.tryNow.handler(() => ({ tried: acts.tryNow() })),
      giveToken: os.giveToken.handler(({ input }) => ({ tried: acts.giveToken(input.token) })),
      save: {
        open: os.save.open.handler(async ({ input }) => ({ file: await saves.open(input.suggestedName) })),
        write: os.save.write.handler(async ({ input }) => {
          await saves.write(input.id, input.text);
          return { written: true };
        }),
        close: os.save.close.handler(async ({ input }) => {
          await saves.close(input.id, input.keep);
          return { kept: input.keep };
        }),
        pdf: os.save.pdf.handler(async ({ input }) => ({
          path: await saves.savePdf(input.suggestedName, input.html),
        })),
      },
    }),
  );
  const end = () => {
    ended.abort();
    saves.end();
    port.close();
  };
  servePort(port, handler, {
    mayCome: createFrameBudget(now, { burst: 200, perSecond: 20 }),
    onBadFrame(reason) {
      warn(`A window asked for something that is not understood: ${reason}.`);
      end();
    },
    onDefect() {
      warn('A question of a window could not be answered.');
    },
  });
  port.addEventListener('close', () => {
    ended.abort();
    saves.end();
  });
  return end;
}

/** The view as it is now, and then at each change; changes that come while nobody reads are merged into one. */
async function* views(acts: WorkspaceActs, signal: AbortSignal): AsyncGenerator<WorkspacesView, void> {
  let wake: () => void = () => undefined;
  let isStale = true;
  const stale = () => {
    isStale = true;
    wake();
  };
  const unlisten = acts.listen(stale);
  signal.addEventListener('abort', stale);
  try {
    while (!signal.aborted) {
      if (isStale) {
        isStale = false;
        yield acts.view();
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    unlisten();
    signal.removeEventListener('abort', stale);
  }
}
