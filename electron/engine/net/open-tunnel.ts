import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { ProxyError } from './proxy-error.ts';
import { faultOfError } from './fault-of-error.ts';

/**
 * Asks a proxy for a tunnel to an origin (CONNECT, RFC 9110 §9.3.6). What goes through it is encrypted from end to end; the proxy sees the
 * host and nothing else.
 *
 * @param proxy http or https; a user and password in it are sent as Basic credentials
 * @returns the tunnel; rejects with ProxyError, so that the proxy is blamed and not the push service
 */
export function openTunnel(proxy: URL, origin: URL, timeoutMs: number): Promise<Socket> {
  const target = `${origin.hostname}:${origin.port === '' ? '443' : origin.port}`;
  const request = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const asking = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...credentialsOf(proxy) },
      timeout: timeoutMs,
      agent: false,
    });
    asking.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refusal(proxy, response.statusCode ?? 0));
    });
    asking.once('timeout', () => {
      asking.destroy(new ProxyError('proxy-silent', `The proxy ${proxy.host} did not answer in time.`));
    });
    asking.once('error', (error) => {
      const { fault, detail } = faultOfError(error);
      const isSilent = fault === 'proxy-silent' || fault === 'timeout';
      reject(
        error instanceof ProxyError
          ? error
          : new ProxyError(
              isSilent ? 'proxy-silent' : 'proxy-unreachable',
              `The connection to the proxy ${proxy.host} failed: ${detail}`,
            ),
      );
    });
    asking.end();
  });
}

/** `URL.host` contains no user and no password. */
function refusal({ host }: URL, status: number): ProxyError {
  return status === 407
    ? new ProxyError('proxy-auth', `The proxy ${host} requires a user name and password (status 407).`)
    : new ProxyError('proxy-refused', `The proxy ${host} refused the connection with status ${status}.`);
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
