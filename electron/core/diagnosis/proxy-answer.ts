/** What a system says about the route to an address. */
export type ProxyChoice =
  | { kind: 'direct' }
  /** `url`: of an http or https proxy. */
  | { kind: 'proxy'; url: URL }
  /** `scheme`: a kind of proxy that is not supported here, such as `SOCKS5`. */
  | { kind: 'unsupported'; scheme: string };

/**
 * Reads what a proxy script answers, which is also how Chromium reports the system's settings: `DIRECT`, or `PROXY host:port`, `HTTPS
 * host:port`, `SOCKS5 host:port` and the like, several of them separated by semicolons, in order of preference.
 *
 * The first entry decides, as in a browser while that proxy works. Only if that is SOCKS, which is not supported here, is a later proxy
 * taken; a later `DIRECT` is not, because a proxy must not be bypassed silently. Entries that make no sense are skipped.
 */
export function readProxyAnswer(answer: string): ProxyChoice {
  const entries = answer.split(';').flatMap((text) => entryOf(text.trim()) ?? []);
  const [first] = entries;
  if (first === undefined) return { kind: 'direct' };
  if (first.kind !== 'unsupported') return first;
  return entries.find(({ kind }) => kind === 'proxy') ?? first;
}

function entryOf(text: string): ProxyChoice | null {
  const [, scheme = '', address = ''] = /^([A-Za-z0-9]+)(?:\s+(\S+))?$/.exec(text) ?? [];
  switch (scheme.toUpperCase()) {
    case 'DIRECT':
      return { kind: 'direct' };
    case 'PROXY':
    case 'HTTP':
      return proxyAt('http', address);
    case 'HTTPS':
      return proxyAt('https', address);
    case 'SOCKS':
    case 'SOCKS4':
    case 'SOCKS5':
    case 'QUIC':
      return address === '' ? null : { kind: 'unsupported', scheme: scheme.toUpperCase() };
    default:
      return null;
  }
}

function proxyAt(protocol: 'http' | 'https', address: string): ProxyChoice | null {
  const text = `${protocol}://${address}`;
  return address !== '' && URL.canParse(text) ? { kind: 'proxy', url: new URL(text) } : null;
}
