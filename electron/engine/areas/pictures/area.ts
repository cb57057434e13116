import type { pictureProcedures } from '../../../contract/pictures.ts';
import type { Outbound } from '../../net/outbound.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { ServerService } from '../server/server-service.ts';
import { createPictureService } from './picture-service.ts';
import { createSiteConnections } from './site-connections-service.ts';

export function createPicturesArea(
  { clock }: Ground,
  needs: { outbound: Outbound; server: Pick<ServerService, 'status'> },
): Area<typeof pictureProcedures> {
  const pictures = createPictureService({ connections: createSiteConnections(needs), clock });
  return {
    procedures: {
      checkPictures: (input, signal) => pictures.check(input, signal),
      loadPicture: (input, signal) => pictures.load(input, signal),
    },
  };
}
