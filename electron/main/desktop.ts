import { clipboard, dialog, nativeTheme, session, shell, type BrowserWindow } from 'electron';
import { readWebUrl } from './app-url.ts';
import { openByDesktop } from './desktop-opener.ts';
import type { Desktop } from './host-service.ts';
import { withInheritedUmask } from './umask.ts';
import { writePrivateFile } from '../files/private-file.ts';

/** The real desktop. `window` gives the window that dialogs belong to. */
export function createDesktop(window: () => BrowserWindow | null): Desktop {
  return {
    openInBrowser,
    async pickSavePath({ title, suggestedName }) {
      const parent = window();
      const options = { title, defaultPath: suggestedName };
      const answer = await (parent === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(parent, options));
      return answer.canceled ? null : answer.filePath;
    },
    writePrivateFile,
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    setAppearance(appearance) {
      nativeTheme.themeSource = appearance;
    },
  };
}

/** How long an opener that stays may keep the person waiting. */
const OPENER_PATIENCE_MS = 3_000;

/** Opens an http(s) address in the person's browser and tells whether one opened, as far as can be known; anything else is not opened. */
export async function openInBrowser(url: string): Promise<boolean> {
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

/** Opens a link of the window in the browser; where that fails, says so and offers the address. */
export async function openLink(url: string, window: BrowserWindow | null): Promise<void> {
  if (await openInBrowser(url)) return;
  await offerToCopy(window, {
    message: 'Pushdesk could not open a browser',
    detail: `Open this address in a browser yourself:\n\n${url}`,
    button: 'Copy address',
    text: url,
  });
}

/** Shows a folder or file in the desktop's own program for it; where that fails, says so and offers the path. */
export async function openPath(path: string, window: BrowserWindow | null): Promise<void> {
  const reason = await withInheritedUmask(() => shell.openPath(path));
  if (reason === '') return;
  await offerToCopy(window, {
    message: 'Pushdesk could not open a file manager',
    detail: `What you asked for is here:\n\n${path}`,
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
