import { BrowserWindow, session } from 'electron';
import { denyPermissions, fetchNoDictionary, leadNowhere } from './security.ts';

/** A session in memory that leaves nothing behind and reaches no network. */
const PARTITION = 'print';
const PATIENCE_MS = 30_000;

/**
 * Prints a page as PDF (A4) in a window that nobody sees: without scripts, network, preload or any of the app's sessions, for it may come
 * from an engine elsewhere.
 */
export async function printPdf(html: string): Promise<Uint8Array> {
  const own = session.fromPartition(PARTITION);
  denyPermissions(own);
  fetchNoDictionary(own);
  // Requests are refused below; this also closes what is not a request, such as a connection that is opened in advance.
  await leadNowhere(own);
  const url = `data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`;
  own.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !(details.url.startsWith('data:') && details.resourceType === 'mainFrame') });
  });
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
    },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const patience = setTimeout(() => {
    if (!window.isDestroyed()) window.destroy();
  }, PATIENCE_MS);
  try {
    await window.loadURL(url);
    window.webContents.on('will-frame-navigate', (event) => {
      event.preventDefault();
    });
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
    });
  } finally {
    clearTimeout(patience);
    if (!window.isDestroyed()) window.destroy();
  }
}
