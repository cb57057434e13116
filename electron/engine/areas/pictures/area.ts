import type { pageProcedures } from '../../../contract/page-facts.ts';
import type { pictureProcedures } from '../../../contract/pictures.ts';
import type { Outbound } from '../../net/outbound.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { ServerService } from '../server/server-service.ts';
import { createPictureService } from './picture-service.ts';
import { createReadPage } from './read-page.ts';
import { createSiteConnections } from './site-connections-service.ts';

export function createPicturesArea(
  { clock }: Ground,
  needs: { outbound: Outbound; server: Pick<ServerService, 'status'> },
): Area<typeof pictureProcedures & typeof pageProcedures> {
  const connections = createSiteConnections(needs);
  const pictures = createPictureService({ connections, clock });
  const readPage = createReadPage({ connections, clock });
  return {
    procedures: {
      checkPictures: (input, signal) => pictures.check(input, signal),
      loadPicture: (input, signal) => pictures.load(input, signal),
      readPage: (input, signal) => readPage(input, signal),
    },
  };
}
