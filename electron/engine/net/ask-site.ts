import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { charsetIn } from '../../core/message/page-text.ts';
import type { PictureFinding } from '../../core/message/picture-check.ts';
import type { OpenSocket } from './open-socket.ts';
import { isPrivateHost } from './private-address.ts';
import { faultOfError } from './fault-of-error.ts';

const MAX_REDIRECTS = 3;
/** Enough to see that a body is coming. */
const FIRST_BYTES = 1024;

/** How a connection to a site that the person named is made. */
export interface SiteConnections {
  /** With TLS, under the rules for all connections: no private address unless allowed, and through the proxy. */
  openSecure: (url: URL) => Promise<Socket>;
  /** Whether it may be fetched over plain http: only this machine itself. */
  mayBePlain: (url: URL) => boolean;
}

/** Opens sockets the way the sender does. */
export const secureSocketsOf =
  (openSocketTo: (url: URL) => OpenSocket): SiteConnections['openSecure'] =>
  (url) =>
    openSocketTo(url)('h1');

type Step =
  | { kind: 'found'; finding: PictureFinding; body: Buffer | null; charset: string | null }
  | { kind: 'moved'; to: URL }
  | { kind: 'ask-again' };

export interface Question {
  /** `head`: only the head; `start`: also whether a body comes; `whole`: all of it, up to `maxBytes`. */
  wanted: 'head' | 'start' | 'whole';
  accept: string;
  /** If there is more, none of it is kept. */
  maxBytes: number;
}

/**
 * Fetches one thing from a site, under the rules for all connections. It can ask for the head only, and then for the first bytes if that is
 * not enough; it follows a few redirects, each under the same rules.
 *
 * @param signal aborted when the time is over or nobody wants the answer any more; then it rejects with the signal's reason
 * @returns `body` is `null` if it is larger than `maxBytes`, none came, or it was not wanted; `charset`: the encoding that the header
 *   names, if any; `at`: where the redirects led
 */
export async function askSite(
  url: URL,
  question: Question,
  connections: SiteConnections,
  signal: AbortSignal,
): Promise<{ finding: PictureFinding; body: Buffer | null; charset: string | null; at: URL }> {
  let at = url;
  let { wanted } = question;
  let redirects = 0;
  while (redirects <= MAX_REDIRECTS) {
    const step: Step = await ask(at, { ...question, wanted }, connections, signal);
    if (step.kind === 'found') return { ...step, at };
    if (step.kind === 'ask-again') wanted = 'start';
    else {
      at = step.to;
      redirects += 1;
    }
  }
  return { ...found({ kind: 'too-many-redirects' }), at };
}

const found = (finding: PictureFinding, charset: string | null = null) =>
  ({ kind: 'found', finding, body: null, charset }) as const;

async function ask(
  url: URL,
  question: Question,
  connections: SiteConnections,
  signal: AbortSignal,
): Promise<Step> {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && connections.mayBePlain(url)))
    return found({ kind: isPrivateHost(url.hostname) ? 'private-address' : 'not-https' });
  try {
    const socket = await opened(url, connections, signal);
    try {
      return await exchange(url, question, socket, signal);
    } finally {
      socket.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    return found(findingOf(error));
  }
}

/** A connection that is made after the signal is dropped. */
async function opened(url: URL, { openSecure }: SiteConnections, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const opening = url.protocol === 'https:' ? openSecure(url) : openPlain(url);
  return new Promise((resolve, reject) => {
    const leave = () => {
      reject(new Error('Nobody waits for this connection any more.'));
    };
    signal.addEventListener('abort', leave, { once: true });
    opening.then((socket) => {
      signal.removeEventListener('abort', leave);
      if (signal.aborted) socket.destroy();
      else resolve(socket);
    }, reject);
  });
}

function openPlain({ hostname, port }: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port === '' ? 80 : Number(port), hostname.replace(/^\[|\]$/g, ''));
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

function exchange(
  url: URL,
  { wanted, accept, maxBytes }: Question,
  socket: Socket,
  signal: AbortSignal,
): Promise<Step> {
  return new Promise((resolve, reject) => {
    const asking: ClientRequest = request({
      createConnection: () => socket,
      method: wanted === 'head' ? 'HEAD' : 'GET',
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        accept,
        'user-agent': 'Pushdesk',
        ...(wanted === 'start' ? { range: `bytes=0-${FIRST_BYTES - 1}` } : {}),
      },
      signal,
    });
    asking.once('error', reject);
    asking.once('response', (response) => {
      response.once('error', reject);
      const step = stepOf(url, wanted, response);
      if (wanted === 'head' || step.kind !== 'found') {
        resolve(step);
        return;
      }
      if (wanted === 'whole') {
        bodyOf(response, maxBytes).then((body) => {
          resolve({ ...step, body });
        }, reject);
        return;
      }
      // The first chunk proves that a body is coming; an empty one ends at once.
      response.once('data', () => {
        resolve(step);
      });
      response.once('end', () => {
        resolve(step);
      });
    });
    asking.end();
  });
}

/** `null`: it is larger than what is kept; the caller has to end the connection. */
function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    response.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= maxBytes) pieces.push(piece);
      else resolve(null);
    });
    response.once('end', () => {
      resolve(Buffer.concat(pieces));
    });
    response.once('error', reject);
    response.once('aborted', () => {
      reject(new Error('The connection closed before everything had arrived.'));
    });
  });
}

function stepOf(url: URL, wanted: Question['wanted'], response: IncomingMessage): Step {
  const status = response.statusCode ?? 0;
  const { location } = response.headers;
  if (status >= 300 && status < 400 && status !== 304 && location !== undefined)
    return URL.canParse(location, url.href)
      ? { kind: 'moved', to: new URL(location, url) }
      : found({ kind: 'answer', status, contentType: null, bytes: null });
  const type = response.headers['content-type'];
  const contentType = type?.split(';')[0]?.trim() ?? null;
  const bytes = bytesOf(response);
  // Many sites answer HEAD differently, so anything that speaks against the picture is checked again with GET.
  const tells = status >= 200 && status < 300 && contentType !== null && /^image\//i.test(contentType);
  return wanted === 'head' && !(tells && bytes !== null)
    ? { kind: 'ask-again' }
    : found({ kind: 'answer', status, contentType, bytes }, charsetIn(type ?? ''));
}

/** Size of the whole body, according to `Content-Range` (RFC 9110 §14.4) or `Content-Length`. */
function bytesOf({ statusCode, headers }: IncomingMessage): number | null {
  const told = statusCode === 206 ? headers['content-range']?.split('/')[1] : headers['content-length'];
  return told !== undefined && /^\d+$/.test(told) ? Number(told) : null;
}

function findingOf(error: unknown): PictureFinding {
  const { fault } = faultOfError(error);
  switch (fault) {
    case 'private-address':
      return { kind: 'private-address' };
    case 'tls':
      return { kind: 'tls' };
    case 'timeout':
      return { kind: 'too-slow' };
    case 'proxy-auth':
    case 'proxy-refused':
    case 'proxy-silent':
    case 'proxy-unreachable':
    case 'proxy-unsupported':
      // That says nothing about the site, and a send will name the proxy.
      return { kind: 'offline' };
    default:
      return { kind: 'unreachable' };
  }
}
