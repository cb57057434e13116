/** The names under which a browser on this machine reaches the server; all are secure contexts. */
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** The address that people are given. */
export const pageUrl = (port: number) => `http://localhost:${port}/`;

/**
 * Whether a `Host` header names this server. A web page whose domain points at 127.0.0.1 (DNS rebinding) sends its own domain here, which
 * tells it apart from the person's own browser.
 *
 * @param port the port that the server listens on
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  if (host === undefined) return false;
  return ownHosts(port).includes(host.toLowerCase());
}

/** Whether an `Origin` header is this server's own page at one of its names. */
export function isOwnOrigin(origin: string, port: number): boolean {
  return ownHosts(port).some((host) => origin === `http://${host}`);
}

/** Remembered for the last port: every request asks several times, and the port seldom changes. */
let known: { port: number; hosts: readonly string[] } = { port: 0, hosts: [] };

function ownHosts(port: number): readonly string[] {
  if (known.port !== port)
    known = { port, hosts: OWN_NAMES.map((name) => (port === 80 ? name : `${name}:${port}`)) };
  return known.hosts;
}
