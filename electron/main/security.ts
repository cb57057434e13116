import type { IpcMainEvent, Session, WebContents } from 'electron';
import { APP_SCHEME, isAppUrl, isSamePage, parseUrl } from './app-url.ts';
import type { GestureGate } from './gesture.ts';

/** Everything a page may ask for is denied, except writing text to the clipboard from the window's own page. */
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

/** A port that nobody's program listens on (RFC 863), so that whatever is sent there goes nowhere. */
const DEAD_END = 'socks5://127.0.0.1:9';

/**
 * Nothing in the window needs a network: its files come from the app, everything else from the engine. So its session has none. What asks
 * for an address is refused, what does not ask (WebRTC, over TCP) is led to a dead end, and nothing is downloaded.
 *
 * @param options `withDevTools`: the developer tools load their own pages
 */
export async function cutOffNetwork(session: Session, options: { withDevTools: boolean }): Promise<void> {
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !isInside(details.url, options.withDevTools) });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  fetchNoDictionary(session);
  await leadNowhere(session);
}

/** Whatever a session connects to, it reaches a dead end. */
export async function leadNowhere(session: Session): Promise<void> {
  await session.setProxy({ mode: 'fixed_servers', proxyRules: DEAD_END, proxyBypassRules: '<-loopback>' });
}

/** Nothing here has a spell checker, but every session fetches a dictionary from Google all the same, unless it is for no language. */
export function fetchNoDictionary(session: Session): void {
  session.setSpellCheckerLanguages([]);
}

function isInside(text: string, withDevTools: boolean): boolean {
  const url = parseUrl(text);
  if (url === null) return false;
  if (url.protocol === `${APP_SCHEME}:`) return isAppUrl(text);
  if (url.protocol === 'data:' || url.protocol === 'blob:') return true;
  return withDevTools && url.protocol === 'devtools:';
}

/**
 * Keeps a page where it is, and its reach inside the window. Links that would leave are given to `openLink` where a person could have
 * pressed them, and nowhere else; no frame, no webview, no second window.
 */
export function confineContents(
  contents: WebContents,
  around: { openLink: (url: string) => void; gesture: Pick<GestureGate, 'note'> },
): void {
  contents.on('input-event', (_event, input) => {
    around.gesture.note(input.type, input.modifiers);
  });
  // UDP goes to no proxy; the rest of WebRTC to the session's dead end.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(({ url }) => {
    around.openLink(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isSamePage(event.url, contents.getURL())) return;
    event.preventDefault();
    if (event.isMainFrame) around.openLink(event.url);
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  // A page cannot hold its window open.
  contents.on('will-prevent-unload', (event) => {
    event.preventDefault();
  });
  contents.on('content-bounds-updated', (event) => {
    event.preventDefault();
  });
}

/** Whether a message comes from the top frame of exactly this page, on the app's own origin. */
export function isTrustedSender(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  return frame !== null && event.sender === contents && frame.parent === null && isAppUrl(frame.url);
}
