import type { MessagePort } from 'node:worker_threads';
import { implement } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import type { Settings } from '../contract/settings.ts';
import { hostContract } from '../contract/host.ts';
import { servePort } from '../port/serve-port.ts';
import type { KeyRing } from './key-ring.ts';
import type { SandboxEnd } from './run-sandbox.ts';
import type { SaveFiles } from './save-files.ts';

/** The desktop, as far as the engine may reach it. */
export interface Desktop {
  /** Opens an http(s) address in the browser; `false` when the system has none to open it with. */
  openInBrowser(url: string): Promise<boolean>;
  /** Asks where to save; `null` when the person thought better of it. */
  pickSavePath(options: { title: string; suggestedName: string }): Promise<string | null>;
  writePrivateFile(path: string, content: string | Uint8Array): Promise<void>;
  /** Files that are written in pieces. */
  readonly saveFiles: SaveFiles;
  /** Shows a secret in a system dialog, out of the page's reach; `false`: nobody pressed anything, or one is shown already. */
  showSecret(secret: { title: string; text: string; note: string }): Promise<boolean>;
  /** Puts a secret on the clipboard; `false`: nobody pressed anything. */
  copySecret(secret: { text: string }): Promise<boolean>;
  /** What the system's settings say about the proxy for an https address, as a proxy script answers. */
  resolveProxy(url: string): Promise<string>;
  /** Runs a job in a process of its own. */
  runSandbox(job: string, signal: AbortSignal | undefined): Promise<SandboxEnd>;
  /** Shows a system notification that leads to a screen; `false`: the system shows none. */
  notify(notice: { title: string; body: string; screen: string }): boolean;
  setAppearance(appearance: Settings['appearance']): void;
}

export interface HostServiceOptions {
  keyRing: KeyRing;
  desktop: Desktop;
  /** Told that the engine said something nobody understands, without any of its content. */
  warn: (text: string) => void;
}

/** Answers the engine's questions. Returns the function that serves them on one port. */
export function createHostService({ keyRing, desktop, warn }: HostServiceOptions) {
  const host = implement(hostContract);
  const handler = new StandardRPCHandler(
    host.router({
      keyRing: {
        status: host.keyRing.status.handler(() => keyRing.status()),
        unlock: host.keyRing.unlock.handler(() => keyRing.unlock()),
        seal: host.keyRing.seal.handler(({ input }) => ({ sealed: keyRing.seal(input.plain) })),
        open: host.keyRing.open.handler(({ input }) => ({ plain: keyRing.open(input.sealed) })),
      },
      desktop: {
        openInBrowser: host.desktop.openInBrowser.handler(async ({ input }) => ({
          opened: await desktop.openInBrowser(input.url),
        })),
        saveTextFile: host.desktop.saveTextFile.handler(async ({ input }) => {
          const path = await desktop.pickSavePath(input);
          if (path !== null) await desktop.writePrivateFile(path, input.text);
          return { path };
        }),
        saveBytes: host.desktop.saveBytes.handler(async ({ input }) => {
          const path = await desktop.pickSavePath(input);
          if (path !== null) await desktop.writePrivateFile(path, Buffer.from(input.base64, 'base64'));
          return { path };
        }),
        openSaveFile: host.desktop.openSaveFile.handler(async ({ input }) => {
          const path = await desktop.pickSavePath(input);
          return { file: path === null ? null : { id: await desktop.saveFiles.open(path), path } };
        }),
        writeSaveFile: host.desktop.writeSaveFile.handler(async ({ input }) => {
          await desktop.saveFiles.write(input.id, input.text);
          return { written: true };
        }),
        closeSaveFile: host.desktop.closeSaveFile.handler(async ({ input }) => {
          await desktop.saveFiles.close(input.id, input.keep);
          return { kept: input.keep };
        }),
        showSecret: host.desktop.showSecret.handler(async ({ input }) => ({
          shown: await desktop.showSecret(input),
        })),
        copySecret: host.desktop.copySecret.handler(async ({ input }) => ({
          copied: await desktop.copySecret(input),
        })),
        resolveProxy: host.desktop.resolveProxy.handler(async ({ input }) => ({
          answer: await desktop.resolveProxy(input.url),
        })),
        runSandbox: host.desktop.runSandbox.handler(({ input, signal }) =>
          desktop.runSandbox(input.job, signal),
        ),
        notify: host.desktop.notify.handler(({ input }) => ({ shown: desktop.notify(input) })),
        setAppearance: host.desktop.setAppearance.handler(({ input }) => {
          desktop.setAppearance(input.appearance);
          return { appearance: input.appearance };
        }),
      },
    }),
  );
  return (port: MessagePort) => {
    // It stays open whatever comes: the engine has no other.
    servePort(port, handler, {
      onBadFrame(reason) {
        warn(`The engine asked for something that is not understood: ${reason}.`);
      },
      onDefect() {
        warn('A question of the engine could not be answered.');
      },
    });
    port.start();
  };
}
