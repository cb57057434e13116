import {
  Notification,
  clipboard,
  dialog,
  nativeTheme,
  shell,
  type BrowserWindow,
  type MessageBoxOptions,
  type Session,
} from 'electron';
import { readWebUrl } from './app-url.ts';
import { openByDesktop } from './desktop-opener.ts';
import type { GestureGate } from './gesture.ts';
import type { Desktop } from './host-service.ts';
import { createLinkOpener, type LinkOpener } from './link-opener.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { createSaveFiles } from './save-files.ts';
import { runSandbox } from './run-sandbox.ts';
import { withInheritedUmask } from './umask.ts';
import { writePrivateFile } from '../files/private-file.ts';

export interface DesktopOptions {
  /** The window that dialogs belong to; `null` where it is gone. */
  window: () => BrowserWindow | null;
  gesture: GestureGate;
  /** Knows the system's proxy; it is not the window's session, which reaches nothing. */
  proxySession: Session;
  /** Brings the window forward, showing that screen. */
  openScreen: (path: string) => void;
  /** Program of the process that runs service workers. */
  sandboxProgram: string;
}

/**
 * The real desktop. Whatever a person would notice needs a press in the window first, because a page that was taken over can ask the engine
 * for it at any time.
 */
export function createDesktop({
  window,
  gesture,
  proxySession,
  openScreen,
  sandboxProgram,
}: DesktopOptions): Desktop & { links: LinkOpener } {
  const oneAtATime = createOneAtATime(gesture);
  const ask = async (options: MessageBoxOptions): Promise<number> => {
    const parent = window();
    const answer = await (parent === null
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(parent, options));
    return answer.response;
  };
  const links = createLinkOpener({
    gesture,
    open: openInBrowser,
    notOpened: (url) =>
      void offerToCopy(window(), {
        message: 'Pushdesk could not open a browser',
        detail: `Open this address in a browser yourself:\n\n${url}`,
        button: 'Copy address',
        text: url,
      }),
    confirm: async (url) =>
      (await ask({
        type: 'question',
        message: 'Open this address in your browser?',
        detail: url.length > 600 ? `${url.slice(0, 600)}…` : url,
        buttons: ['Open', 'Cancel'],
        defaultId: 1,
        cancelId: 1,
      })) === 0,
  });
  return {
    links,
    openInBrowser: (url) => links.openForEngine(url),
    pickSavePath: ({ title, suggestedName }) =>
      oneAtATime(async () => {
        const parent = window();
        const options = { title, defaultPath: suggestedName };
        const answer = await (parent === null
          ? dialog.showSaveDialog(options)
          : dialog.showSaveDialog(parent, options));
        return answer.canceled ? null : answer.filePath;
      }, null),
    saveFiles: createSaveFiles(),
    writePrivateFile,
    showSecret: ({ title, text, note }) =>
      oneAtATime(async () => {
        const pressed = await ask({
          type: 'info',
          message: title,
          detail: `${text}\n\n${note}`,
          buttons: ['Copy', 'Close'],
          defaultId: 1,
          cancelId: 1,
        });
        if (pressed === 0) await clipboard.writeText(text);
        return true;
      }, false),
    async copySecret({ text }) {
      if (!gesture.take()) return false;
      await clipboard.writeText(text);
      return true;
    },
    resolveProxy: (url) => proxySession.resolveProxy(url),
    runSandbox: (job, signal) => runSandbox(sandboxProgram, job, signal),
    notify({ title, body, screen }) {
      if (!Notification.isSupported()) return false;
      const notification = new Notification({ title, body });
      shown.add(notification);
      const forget = () => {
        shown.delete(notification);
      };
      notification.on('click', () => {
        forget();
        openScreen(screen);
      });
      notification.on('close', forget);
      notification.on('failed', forget);
      notification.show();
      return true;
    },
    setAppearance(appearance) {
      nativeTheme.themeSource = appearance;
    },
  };
}

/** Held as long as they can be pressed: one that is garbage-collected hears nothing. */
const shown = new Set<Notification>();

/** How long an opener that keeps running may keep the person waiting. */
const OPENER_PATIENCE_MS = 3_000;

/** Opens an http(s) address in the person's browser and tells whether one opened, as far as can be known; anything else is not opened. */
async function openInBrowser(url: string): Promise<boolean> {
  const web = readWebUrl(url);
  if (web === null) return false;
  if (process.platform === 'linux') {
    return openByDesktop(web, {
      schedule: (run) => {
        const timer = setTimeout(run, OPENER_PATIENCE_MS);
        return () => {
          clearTimeout(timer);
        };
      },
    });
  }
  try {
    await withInheritedUmask(() => shell.openExternal(web));
    return true;
  } catch {
    return false;
  }
}

/** Shows a folder or file in the desktop's own program for it; where that fails, says so and offers the path. */
export async function openPath(path: string, window: BrowserWindow | null): Promise<void> {
  const reason = await withInheritedUmask(() => shell.openPath(path));
  if (reason === '') return;
  await offerToCopy(window, {
    message: 'Pushdesk could not open a file manager',
    detail: `The file or folder is here:\n\n${path}`,
    button: 'Copy path',
    text: path,
  });
}

let isOffering = false;

/** One at a time: a page that opens link after link must not pile up dialogs. */
async function offerToCopy(
  window: BrowserWindow | null,
  offer: { message: string; detail: string; button: string; text: string },
): Promise<void> {
  if (isOffering) return;
  isOffering = true;
  const { message, detail, button, text } = offer;
  const options = { type: 'warning' as const, message, detail, buttons: [button, 'Close'], cancelId: 1 };
  try {
    const { response } = await (window === null || window.isDestroyed()
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(window, options));
    if (response === 0) await clipboard.writeText(text);
  } finally {
    isOffering = false;
  }
}
