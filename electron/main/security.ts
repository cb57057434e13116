import type { IpcMainEvent, Session, WebContents } from 'electron';
import { isAppUrl, isSamePage, readWebUrl } from './app-url.ts';

/** Everything a page may ask for is denied, but for writing text to the clipboard from the window's own page. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(isAllowed(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
}

function isAllowed(permission: string, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && isAppUrl(url);
}

/**
 * Keeps a page where it is. Links that would leave open in the browser where they are http or https, and nowhere else;
 * no frame, no webview, no second window.
 */
export function confineContents(contents: WebContents, openInBrowser: (url: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    const web = readWebUrl(url);
    if (web !== null) openInBrowser(web);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isSamePage(event.url, contents.getURL())) return;
    event.preventDefault();
    const web = event.isMainFrame ? readWebUrl(event.url) : null;
    if (web !== null) openInBrowser(web);
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

/** Whether a message comes from the top frame of exactly this page, on the app's own origin. */
export function isTrustedSender(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  return frame !== null && event.sender === contents && frame.parent === null && isAppUrl(frame.url);
}
