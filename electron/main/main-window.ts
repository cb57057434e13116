import { BrowserWindow, nativeTheme, type Session } from 'electron';
import windowStateKeeper from 'electron-window-state';
import path from 'node:path';
import { keepBadWindowState } from './window-state.ts';

/** Colours of the page's background, so that the window does not flash before the page is there. */
const BACKGROUND = { light: '#ffffff', dark: '#18181b' };

/** Makes the window of a workspace, hidden, with the size and place that it had. */
export function createMainWindow(options: {
  preload: string;
  icon: string;
  stateFolder: string;
  stateFile: string;
  session: Session;
  /** Whether a person may open the developer tools. */
  devTools: boolean;
}): BrowserWindow {
  keepBadWindowState(path.join(options.stateFolder, options.stateFile), {
    now: new Date(),
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const state = windowStateKeeper({
    path: options.stateFolder,
    file: options.stateFile,
    defaultWidth: 1240,
    defaultHeight: 820,
  });
  const window = new BrowserWindow({
    title: 'Pushdesk',
    icon: options.icon,
    x: state.x,
    y: state.y,
    width: state.width,
    height: state.height,
    minWidth: 640,
    minHeight: 480,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      session: options.session,
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: options.devTools,
      // The spell checker would fetch its dictionaries from a server.
      spellcheck: false,
      autoplayPolicy: 'document-user-activation-required',
    },
  });
  state.manage(window);
  return window;
}

/** Brings a window to the front, whatever state it is in. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
