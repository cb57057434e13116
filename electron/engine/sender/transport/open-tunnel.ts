import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

/**
 * Asks a proxy for a tunnel to an origin (CONNECT, RFC 9110 §9.3.6). What goes through it is encrypted from end to end; the proxy sees
 * the host and nothing else.
 *
 * @param proxy http or https; user and password in it are sent as Basic credentials
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
      reject(new Error(`The proxy refused the connection with status ${response.statusCode ?? 0}.`));
    });
    asking.once('timeout', () => {
      asking.destroy(Object.assign(new Error('The proxy did not answer in time.'), { code: 'ETIMEDOUT' }));
    });
    asking.once('error', reject);
    asking.end();
  });
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
