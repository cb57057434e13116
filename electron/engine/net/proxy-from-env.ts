import { ProxyError } from './proxy-error.ts';

/** The environment variables that name a proxy; lower case takes precedence, as in curl. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/** Whether the environment says anything about how to reach an origin: by naming a proxy, or by exempting the origin from any. */
export function namesProxy(origin: URL, env: ProxyEnvironment): boolean {
  return (
    valueOf(env, 'https_proxy') !== null ||
    valueOf(env, 'all_proxy') !== null ||
    isExcepted(origin, valueOf(env, 'no_proxy') ?? '')
  );
}

/**
 * The proxy for an https origin, according to `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`.
 *
 * `NO_PROXY` contains hosts separated by commas or blanks: `example.com` and `.example.com` mean that host and all below it,
 * `example.com:8443` one port, `*` everything. This machine is never reached through a proxy.
 *
 * @returns the address of an http or https proxy; `null`: connect directly
 * @throws ProxyError if the variable contains something that is not an http or https address
 */
export function proxyFor(origin: URL, env: ProxyEnvironment): URL | null {
  const text = valueOf(env, 'https_proxy') ?? valueOf(env, 'all_proxy');
  if (text === null || isLoopback(origin.hostname) || isExcepted(origin, valueOf(env, 'no_proxy') ?? ''))
    return null;
  const address = text.includes('://') ? text : `http://${text}`;
  const proxy = URL.canParse(address) ? new URL(address) : null;
  if (proxy === null || !['http:', 'https:'].includes(proxy.protocol))
    throw new ProxyError(
      'proxy-unsupported',
      'The proxy in HTTPS_PROXY or ALL_PROXY is not an http or https address.',
    );
  return proxy;
}

function valueOf(env: ProxyEnvironment, name: string): string | null {
  const value = env[name] ?? env[name.toUpperCase()] ?? '';
  return value.trim() === '' ? null : value.trim();
}

/** Names and addresses of this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

function isExcepted({ hostname, port }: URL, list: string): boolean {
  const actualPort = port === '' ? '443' : port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '*') return true;
      const [, host = '', only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (host === '' || (only !== undefined && only !== actualPort)) return false;
      return hostname === host || hostname.endsWith(`.${host}`);
    });
}
