import type { pictureProcedures } from '../../../contract/pictures.ts';
import { isOwnOrigin } from '../../http/own-address.ts';
import type { Outbound } from '../../net/outbound.ts';
import { isLoopback } from '../../net/proxy-from-env.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { ServerService } from '../server/server-service.ts';
import { secureSocketsOf } from './ask-for-picture.ts';
import { createPictureService } from './picture-service.ts';

export function createPicturesArea(
  { clock }: Ground,
  needs: { outbound: Outbound; server: Pick<ServerService, 'status'> },
): Area<typeof pictureProcedures> {
  const { outbound, server } = needs;
  const pictures = createPictureService({
    connections: {
      openSecure: secureSocketsOf((origin) => outbound.openSocket(origin)),
      // The subscribe page's own pictures, and what the person allows.
      mayBePlain: ({ origin, hostname }) => {
        const { port } = server.status();
        return (
          (port !== null && isOwnOrigin(origin, port)) ||
          (outbound.policy().allowPrivate && isLoopback(hostname))
        );
      },
    },
    clock,
  });
  return {
    procedures: {
      checkPictures: (input, signal) => pictures.check(input, signal),
      loadPicture: (input, signal) => pictures.load(input, signal),
    },
  };
}
