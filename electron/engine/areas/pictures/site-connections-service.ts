import { isOwnOrigin } from '../../http/own-address.ts';
import { secureSocketsOf, type SiteConnections } from '../../net/ask-site.ts';
import type { Outbound } from '../../net/outbound.ts';
import { isLoopback } from '../../net/proxy-from-env.ts';
import type { ServerService } from '../server/server-service.ts';

/** How everything that a person names by address is fetched: pictures, and their own service worker. */
export function createSiteConnections({
  outbound,
  server,
}: {
  outbound: Outbound;
  server: Pick<ServerService, 'status'>;
}): SiteConnections {
  return {
    openSecure: secureSocketsOf((origin) => outbound.openSocket(origin)),
    // The subscribe page's own files, and what the person allows.
    mayBePlain: ({ origin, hostname }) => {
      const { port } = server.status();
      return (
        (port !== null && isOwnOrigin(origin, port)) ||
        (outbound.policy().allowPrivate && isLoopback(hostname))
      );
    },
  };
}
