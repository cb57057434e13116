import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isAppUrl, parseUrl } from './app-url.ts';

/**
 * Nothing but the window's own files runs or loads, and scripts can fetch nothing, not even from the app itself. Two concessions: the
 * component library sets inline styles, and pictures that the engine has fetched come as `data:`. The sandbox denies the page dialogs,
 * downloads, printing and pointer lock; the page keeps its own origin and its forms, which go nowhere.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "worker-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox allow-scripts allow-same-origin allow-forms allow-popups',
].join('; ');

const PERMISSIONS_POLICY = 'local-fonts=(), fullscreen=(), display-capture=(), idle-detection=()';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** The file that an app URL names below `root` (absolute), or `null` where it names another origin or leaves the folder. */
export function resolveAppFile(root: string, requestUrl: string): string | null {
  const url = parseUrl(requestUrl);
  if (url === null || !isAppUrl(requestUrl)) return null;
  const name = decodePath(url.pathname);
  if (name === null || name.includes('\0') || name.includes('\\')) return null;
  const file = path.resolve(root, `.${name}`);
  const inside = path.relative(root, file);
  if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) return null;
  return file;
}

/** Answers a request from the window for one of its own files: 200, 404, or 405 for anything but GET. */
export async function serveAppFile(
  root: string,
  request: { url: string; method: string },
): Promise<Response> {
  if (request.method !== 'GET') return plainAnswer(405, 'Only GET is answered here.');
  const file = resolveAppFile(root, request.url);
  const type = file === null ? undefined : TYPES[path.extname(file)];
  if (file === null || type === undefined) return plainAnswer(404, 'There is no such page.');
  try {
    return appAnswer(new Uint8Array(await readFile(file)), type);
  } catch {
    return plainAnswer(404, 'There is no such page.');
  }
}

/** An answer with the headers that each answer of the app's scheme carries. */
export function appAnswer(body: string | Uint8Array<ArrayBuffer>, type: string, status = 200): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      // Some of what a page may ask for, such as the list of fonts, is granted without asking the session.
      'permissions-policy': PERMISSIONS_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    },
  });
}

function plainAnswer(status: number, text: string): Response {
  return appAnswer(text, 'text/plain; charset=utf-8', status);
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
