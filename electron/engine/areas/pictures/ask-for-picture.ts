import type { PictureFinding } from '../../../core/message/picture-check.ts';
import { askSite, type SiteConnections } from '../../net/ask-site.ts';

/** More than a preview needs. */
const PICTURE = { accept: 'image/*', maxBytes: 2_000_000 } as const;

/** Asks for the head of a picture, and for its first bytes where the head is not enough. */
export async function askForPicture(
  url: URL,
  connections: SiteConnections,
  signal: AbortSignal,
): Promise<PictureFinding> {
  return (await askSite(url, { ...PICTURE, wanted: 'head' }, connections, signal)).finding;
}

/**
 * The same for the whole picture.
 * @returns `body` is `null` if it is too large or none came
 */
export function fetchPicture(
  url: URL,
  connections: SiteConnections,
  signal: AbortSignal,
): Promise<{ finding: PictureFinding; body: Buffer | null }> {
  return askSite(url, { ...PICTURE, wanted: 'whole' }, connections, signal);
}
