import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import { request as httpsRequest } from 'node:https';

/** A request exactly as it is sent; nothing is added except what HTTP itself needs. */
export interface RawRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a client without any leniency or cleverness sees. */
export type RawOutcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: string;
    }
  /** The connection was cut; `status` if one had arrived before that. */
  | { readonly kind: 'cut'; readonly status: number | null };

export type RawSend = (request: RawRequest) => Promise<RawOutcome>;

/** One request over a new HTTP/1.1 connection. */
export function overHttp1(certificatePem: string): RawSend {
  return ({ url, method, headers, body }) =>
    new Promise((resolve) => {
      let status: number | null = null;
      const chunks: Buffer[] = [];
      const request = httpsRequest(url, { method, headers, ca: certificatePem, agent: false }, (response) => {
        status = response.statusCode ?? null;
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => undefined);
        response.on('close', () => {
          resolve(
            response.complete && status !== null
              ? { kind: 'answer', status, headers: response.headers, body: Buffer.concat(chunks).toString() }
              : { kind: 'cut', status },
          );
        });
      });
      request.on('error', () => {
        resolve({ kind: 'cut', status });
      });
      request.end(body);
    });
}

/** One request over a new HTTP/2 connection. */
export function overHttp2(certificatePem: string): RawSend {
  return async (request) => {
    const session = connect(new URL(request.url).origin, { ca: certificatePem });
    session.on('error', () => undefined);
    const outcome = await sendOverSession(session, request);
    session.destroy();
    return outcome;
  };
}

/** One request over an HTTP/2 connection that stays open. */
export function sendOverSession(session: ClientHttp2Session, request: RawRequest): Promise<RawOutcome> {
  return new Promise((resolve) => {
    let status: number | null = null;
    let headers: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    const { pathname, search } = new URL(request.url);
    const stream = session.request({
      ':method': request.method,
      ':path': pathname + search,
      ...request.headers,
    });
    stream.on('response', (received) => {
      headers = received;
      status = received[':status'] ?? null;
    });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => undefined);
    stream.on('close', () => {
      const body = Buffer.concat(chunks);
      const promised = headers['content-length'];
      const isWhole = stream.rstCode === 0 && (promised === undefined || Number(promised) === body.length);
      resolve(
        status !== null && isWhole
          ? { kind: 'answer', status, headers, body: body.toString() }
          : { kind: 'cut', status },
      );
    });
    stream.end(request.body);
  });
}
