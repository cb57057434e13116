import { dialog, nativeTheme, session, shell, type BrowserWindow } from 'electron';
import { readWebUrl } from './app-url.ts';
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

/** Opens an http(s) address in the person's browser; anything else is not opened. */
export async function openInBrowser(url: string): Promise<boolean> {
  const web = readWebUrl(url);
  if (web === null) return false;
  try {
    await withInheritedUmask(() => shell.openExternal(web));
    return true;
  } catch {
    return false;
  }
}
