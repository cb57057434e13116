import { networkInterfaces } from 'node:os';
import type { z } from 'zod';
import {
  pictureFieldSchema,
  type checkPicturesInputSchema,
  type LoadedPicture,
  type loadPictureInputSchema,
  type PictureCheck,
  type PictureField,
} from '../../../contract/pictures.ts';
import { Refusal } from '../../../contract/problem.ts';
import { judgePicture, type PictureFinding } from '../../../core/message/picture-check.ts';
import { readPictureType } from '../../../core/message/picture-type.ts';
import type { Clock } from '../../base/clock.ts';
import { isPrivateHost } from '../../net/private-address.ts';
import type { SiteConnections } from '../../net/ask-site.ts';
import { askForPicture, fetchPicture } from './ask-for-picture.ts';

/** From the first byte sent to the last one awaited, redirects included. */
const DEADLINE_MS = 5000;
const KNOWN_FOR_MS = 60_000;
/** How many addresses are remembered: far more than anyone types in a minute. */
const MAX_KNOWN = 200;
/**
 * How many new addresses are requested per minute: more than anyone types, but few for a hijacked page that smuggles data out in addresses.
 */
const MAX_A_MINUTE = 30;

/**
 * Checks whether the pictures of a message can be loaded. [Note: the only request to the site] Everything else that Pushdesk sends goes to
 * push services; this goes to the site that a person names, while the message is being written, and tells it nothing except that somebody
 * looked.
 */
export interface PictureService {
  /** @param signal aborted when the text has changed or the caller has left */
  check(input: z.output<typeof checkPicturesInputSchema>, signal?: AbortSignal): Promise<PictureCheck>;
  /**
   * Fetches a picture for the preview, which reaches no site by itself: one that a check has found within the last minute, or one that
   * belongs to the subscribe page. Its type is read from its bytes. @throws Refusal UNAVAILABLE for anything else
   */
  load(input: z.output<typeof loadPictureInputSchema>, signal?: AbortSignal): Promise<LoadedPicture>;
}

export function createPictureService({
  connections,
  clock,
  isConnected = hasNetwork,
  deadlineMs = DEADLINE_MS,
}: {
  connections: SiteConnections;
  clock: Clock;
  /** Whether this machine has a network at all. */
  isConnected?: () => boolean;
  deadlineMs?: number;
}): PictureService {
  const known = new Map<string, { finding: PictureFinding; at: number }>();

  const remember = (url: URL, finding: PictureFinding) => {
    known.delete(url.href);
    known.set(url.href, { finding, at: clock.now() });
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  };

  let askedAt: number[] = [];
  /** Counts a request to a site; `false` if there were too many. */
  const mayAsk = (): boolean => {
    const now = clock.now();
    askedAt = askedAt.filter((at) => at <= now && now - at < 60_000);
    if (askedAt.length >= MAX_A_MINUTE) return false;
    askedAt.push(now);
    return true;
  };

  const knownOf = (url: URL): PictureFinding | null => {
    const before = known.get(url.href);
    const age = before === undefined ? null : clock.now() - before.at;
    return before !== undefined && age !== null && age >= 0 && age < KNOWN_FOR_MS ? before.finding : null;
  };

  const find = async (url: URL, signal: AbortSignal): Promise<PictureFinding> => {
    const before = knownOf(url);
    if (before !== null) return before;
    if (!mayAsk()) return { kind: 'too-often' };
    const deadline = AbortSignal.timeout(deadlineMs);
    const finding = await askForPicture(url, connections, AbortSignal.any([signal, deadline])).catch(
      (error: unknown): PictureFinding => {
        signal.throwIfAborted();
        if (deadline.aborted) return { kind: 'too-slow' };
        throw error;
      },
    );
    // Without a network nothing can be said about the picture, and a moment later everything may be different.
    const isKnown = finding.kind === 'answer' || finding.kind === 'private-address';
    if (finding.kind === 'offline' || (!isKnown && !isConnected())) return { kind: 'offline' };
    // Not remembered: finding it again costs nothing, and the person may allow it in Settings.
    if (finding.kind !== 'private-address') remember(url, finding);
    return finding;
  };

  return {
    async check(input, signal = new AbortController().signal) {
      const asked = pictureFieldSchema.options.flatMap((field) => urlOf(field, input));
      const found = await Promise.all(
        asked.map(async ({ field, url }) => ({ field, url, finding: await find(url, signal) })),
      );
      const judged = found.map((one) => ({ ...one, problem: judgePicture(one.field, one.url, one.finding) }));
      return {
        reachable: judged.flatMap(({ field, finding, problem }) =>
          problem === null && finding.kind === 'answer' ? [field] : [],
        ),
        warnings: judged.flatMap(({ problem }) => problem ?? []),
        isOffline: judged.some(({ finding }) => finding.kind === 'offline'),
      };
    },
    async load({ url: text }, signal = new AbortController().signal) {
      const url = URL.canParse(text) ? new URL(text) : null;
      const isFound = url !== null && knownOf(url)?.kind === 'answer';
      if (url === null || !(isFound || connections.mayBePlain(url))) throw notLoaded('it was not checked');
      if (!mayAsk()) throw notLoaded('too many were loaded in the last minute');
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
      const { finding, body } = await fetchPicture(url, connections, deadline).catch((error: unknown) => {
        signal.throwIfAborted();
        if (deadline.aborted) throw notLoaded('it did not load in time');
        throw error;
      });
      const isAnswered = finding.kind === 'answer' && finding.status >= 200 && finding.status <= 299;
      if (!isAnswered) throw notLoaded('the site did not send it');
      if (body === null) throw notLoaded('it is over 2 MB');
      const picture = readPictureType(body);
      if (picture === null) throw notLoaded('it is not a PNG, JPEG, GIF or WebP of a usual size');
      return { type: picture.type, base64: body.toString('base64') };
    },
  };
}

const notLoaded = (why: string) =>
  new Refusal('UNAVAILABLE', {
    code: 'picture-not-loaded',
    cause: `The picture cannot be shown here: ${why}.`,
    cure: 'The message can still be sent.',
  });

function urlOf(field: PictureField, input: Record<PictureField, string>) {
  const text = input[field].trim();
  // A bare path belongs to the site of the subscribe page, whose address is not known.
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  // The preflight already warns about http.
  const asks = url !== null && (url.protocol === 'https:' || isPrivateHost(url.hostname));
  return asks ? [{ field, url }] : [];
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}
