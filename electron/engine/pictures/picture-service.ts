import { networkInterfaces } from 'node:os';
import type { z } from 'zod';
import {
  pictureFieldSchema,
  type checkPicturesInputSchema,
  type PictureCheck,
  type PictureField,
} from '../../contract/picture-check.ts';
import { judgePicture, type PictureFinding } from '../../core/picture-check.ts';
import type { Clock } from '../clock.ts';
import { isPrivateHost } from '../net/private-address.ts';
import { askForPicture, type PictureConnections } from './ask-for-picture.ts';

/** From the first byte sent to the last one that is waited for, redirects included. */
const DEADLINE_MS = 5000;
const KNOWN_FOR_MS = 60_000;
/** Addresses that are remembered: far more than anybody types in a minute. */
const MOST_KNOWN = 200;

/**
 * Looks whether the pictures of a message can be loaded. [Note: the only request to the site] Everything else that Pushdesk sends goes to push
 * services; this goes to the site that a person names, while the message is being written, and tells it nothing but that somebody looked.
 */
export interface PictureService {
  /** @param signal given when the text has changed or the caller went away */
  check(input: z.output<typeof checkPicturesInputSchema>, signal?: AbortSignal): Promise<PictureCheck>;
}

export function createPictureService({
  connections,
  clock,
  isConnected = hasNetwork,
  deadlineMs = DEADLINE_MS,
}: {
  connections: PictureConnections;
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
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  };

  const find = async (url: URL, signal: AbortSignal): Promise<PictureFinding> => {
    const before = known.get(url.href);
    const age = before === undefined ? null : clock.now() - before.at;
    if (before !== undefined && age !== null && age >= 0 && age < KNOWN_FOR_MS) return before.finding;
    const deadline = AbortSignal.timeout(deadlineMs);
    const finding = await askForPicture(url, connections, AbortSignal.any([signal, deadline])).catch(
      (error: unknown): PictureFinding => {
        signal.throwIfAborted();
        if (deadline.aborted) return { kind: 'too-slow' };
        throw error;
      },
    );
    // Without a network nothing can be said of the picture, and a moment later everything may be different.
    const isKnown = finding.kind === 'answer' || finding.kind === 'private-address';
    if (finding.kind === 'offline' || (!isKnown && !isConnected())) return { kind: 'offline' };
    // That costs nothing to find again, and the person may allow it in Settings.
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
  };
}

function urlOf(field: PictureField, input: Record<PictureField, string>) {
  const text = input[field].trim();
  // A path is one of the site of the subscribe page, whose address nobody has said.
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  // The preflight warns of http by itself.
  const asks = url !== null && (url.protocol === 'https:' || isPrivateHost(url.hostname));
  return asks ? [{ field, url }] : [];
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}
