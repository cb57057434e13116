import { hiddenCharacterCure } from '../../contract/characters.ts';
import { conflictsIn, deadLinksIn, hiddenIn } from '../../contract/message-checks.ts';
import type { Message } from '../../contract/message.ts';
import type { Problem } from '../../contract/problem.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { FIREFOX_ANDROID_BYTES, PAYLOAD_LIMIT_BYTES } from '../message/payload.ts';
import { variableFaults } from '../message/variables/personal.ts';
import { pushServiceName } from '../push-services/push-service.ts';
import { fitToService } from '../push-services/service-limits.ts';

/** Services that forward messages to devices which accept less: Firefox on Android, and services that people host for phones. */
const SMALLER_DEVICES: ReadonlySet<PushServiceId> = new Set(['mozilla', 'other']);

/** As counts are written everywhere on screen: `3,993`. */
const inWords = (count: number) => count.toLocaleString('en');

/**
 * What prevents sending this message (blockers), and what the person should know before (warnings).
 *
 * @param payloadBytes the encoded payload before encryption, in bytes
 * @param services the audience's services, for what each of them does not accept
 */
export function judgeMessage(
  message: Message,
  payloadBytes: number,
  services: readonly PushServiceId[] = [],
): { blockers: Problem[]; warnings: Problem[] } {
  return {
    blockers: [
      ...judgeTitle(message),
      ...judgeCharacters(message),
      ...judgeLinks(message),
      ...judgeConflicts(message),
      ...judgeVariables(message),
      ...judgeSize(message, payloadBytes),
    ],
    warnings: [
      ...warnOfSize(payloadBytes, services),
      ...warnOfTtl(message),
      ...warnOfLinks(message),
      ...services.flatMap((service) => warnOfService(message, service)),
    ],
  };
}

function judgeTitle(message: Message): Problem[] {
  if (message.title.trim() !== '') return [];
  return [problem('title-missing', 'The message has no title.', 'Write a title.', 'title')];
}

function judgeCharacters(message: Message): Problem[] {
  return hiddenIn(message).map(({ path, character }) =>
    problem(
      'hidden-character',
      `The message contains a hidden character: ${character}.`,
      hiddenCharacterCure(character),
      path.join('.'),
    ),
  );
}

function judgeLinks(message: Message): Problem[] {
  return deadLinksIn(message).map((path) =>
    problem(
      'dead-link',
      'The message has an address that no browser can open.',
      'Check its spelling.',
      path.join('.'),
    ),
  );
}

function judgeVariables(message: Message): Problem[] {
  return variableFaults(message).map(({ path, fault }) =>
    problem('bad-variable', 'A variable in the message can’t be filled in.', fault, path.join('.')),
  );
}

function judgeConflicts(message: Message): Problem[] {
  return conflictsIn(message).map(({ field, cause }) =>
    field === 'ownFormat'
      ? problem('own-format', 'The payload format you wrote can’t be used.', cause, field)
      : problem('options-conflict', 'Two options of the message don’t go together.', cause, field),
  );
}

/** Fields in which a message can be shortened. */
const LONG_FIELDS = ['title', 'body', 'url', 'iconUrl', 'badgeUrl', 'imageUrl', 'data', 'texts'] as const;

/** The one that takes the most room: shortening it gains the most. */
function longestField(message: Message): (typeof LONG_FIELDS)[number] | 'ownFormat' {
  const names = [...LONG_FIELDS, ...(message.format === 'own' ? (['ownFormat'] as const) : [])];
  const sizes = names.map((name) => JSON.stringify(message[name]).length);
  return names[sizes.indexOf(Math.max(...sizes))] ?? 'body';
}

function judgeSize(message: Message, bytes: number): Problem[] {
  if (bytes <= PAYLOAD_LIMIT_BYTES) return [];
  const cause = `The message is ${inWords(bytes)} bytes; push services take at most ${inWords(PAYLOAD_LIMIT_BYTES)}.`;
  const cure = `Shorten the text or the addresses by ${inWords(bytes - PAYLOAD_LIMIT_BYTES)} bytes.`;
  return [problem('payload-too-large', cause, cure, longestField(message))];
}

/** @param services empty: the audience's services are not known */
function warnOfSize(bytes: number, services: readonly PushServiceId[]): Problem[] {
  if (services.length > 0 && !services.some((service) => SMALLER_DEVICES.has(service))) return [];
  if (bytes <= FIREFOX_ANDROID_BYTES || bytes > PAYLOAD_LIMIT_BYTES) return [];
  const cause = `The message is ${inWords(bytes)} bytes. It may be too large for Firefox on Android, which takes about ${inWords(FIREFOX_ANDROID_BYTES)}.`;
  return [problem('payload-large-for-firefox-android', cause, 'Shorten it if you have subscribers there.')];
}

function warnOfTtl(message: Message): Problem[] {
  if (message.ttlSeconds > 0) return [];
  const cause = 'With a TTL of 0, devices that are offline right now never get the message.';
  return [
    problem('ttl-zero', cause, 'Choose a longer TTL unless the message is useless later.', 'ttlSeconds'),
  ];
}

function warnOfLinks(message: Message): Problem[] {
  const images = { iconUrl: message.iconUrl, badgeUrl: message.badgeUrl, imageUrl: message.imageUrl };
  return Object.entries(images)
    .filter(
      ([, url]) => /^http:\/\//i.test(url) && !/^http:\/\/(?:localhost|127\.0\.0\.1)(?=[:/]|$)/i.test(url),
    )
    .map(([field]) =>
      problem(
        'image-not-https',
        'An image is at an http: address. Browsers do not load it on an https site.',
        'Use an https: address.',
        field,
      ),
    );
}

function warnOfService(message: Message, service: PushServiceId): Problem[] {
  return fitToService(message, service).notes.map((note) =>
    problem(
      'fitted-to-service',
      `At ${pushServiceName(service)}: ${note}`,
      'Nothing to do: Pushdesk adjusts it.',
    ),
  );
}

function problem(code: string, cause: string, cure: string, field?: string): Problem {
  return field === undefined ? { code, cause, cure } : { code, cause, cure, field };
}
