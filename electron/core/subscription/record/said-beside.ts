import { subscriptionStateSchema } from '../../../contract/subscriptions.ts';
import { encodeBase64Url } from '../../text/base64url.ts';
import { visibleText } from '../../text/visible-text.ts';
import type { Field } from './field-role.ts';
import type { Leaf } from './found-record.ts';
import { readInstant } from './instant.ts';
import { bytesOf, isPoint, readKey } from './key-bytes.ts';
import { looksLikeId, looksLikeName, textOf, type PersonFacts, type Writing } from './person-of.ts';
import { saysLeft } from './still-subscribed.ts';

const MAX_LEFT = 40;

/** What fields say besides the subscription. */
export interface Beside {
  person: PersonFacts;
  publicKey: string | null;
  addedAt: number | null;
  /** If Pushdesk wrote it, nothing of it is left out. */
  readonly writing: Writing;
}

/** What says that the person is no longer subscribed, as written there: `is_active = 0`. */
export function leftBy({ path, value }: Leaf, { sense, name = path }: Field): string | null {
  return sense !== undefined && saysLeft(value, sense)
    ? visibleText(`${name} = ${(textOf(value) ?? '').slice(0, MAX_LEFT)}`)
    : null;
}

/** A word such as `state` or `subscribed` may say something else. */
export function takeState({ path, value }: Leaf, { sense }: Field, beside: Beside): void {
  if (sense === undefined || saysLeft(value, sense)) return;
  if (sense === 'isIn' && beside.addedAt === null) {
    const at = typeof value === 'string' && /\d{4}/.test(value) ? readInstant(value) : null;
    if (at?.kind === 'at') beside.addedAt = at.ms;
  }
  if (sense === 'status' && /^state$/i.test(path) && !subscriptionStateSchema.safeParse(value).success) {
    addAttribute(beside, path, value);
  }
}

/** What fields say besides the subscription. The first one that says something counts: the record's own fields, then those around it. */
export function takeBeside({ path, value }: Leaf, field: Field | null, beside: Beside): void {
  if (field === null || OF_ANOTHER.test(path)) return;
  const { person } = beside;
  switch (field.role) {
    case 'publicKey': {
      const bytes = bytesOf(readKey(value));
      if (beside.publicKey === null && bytes !== null && isPoint(bytes))
        beside.publicKey = encodeBase64Url(bytes);
      break;
    }
    case 'addedAt': {
      const at = readInstant(value);
      if (beside.addedAt === null && at.kind === 'at') beside.addedAt = at.ms;
      break;
    }
    case 'label': {
      const text = textOf(value, beside.writing);
      if (text === null || (field.sure < 3 && DOCUMENT_PATH.test(text))) break;
      // `username = 17` or a UUID is not anybody's name.
      if (field.sure === 1) person.device ??= value;
      else if (field.sure === 2 && looksLikeId(text) && !(text.includes('@') && /^name$/i.test(path))) {
        person.externalId ??= value;
      } else person.label ??= value;
      break;
    }
    case 'firstName':
    case 'lastName':
      person[field.role] ??= value;
      addAttribute(beside, path, value);
      break;
    case 'email':
      if (textOf(value, beside.writing) !== null) person.email ??= value;
      break;
    case 'externalId': {
      const text = textOf(value, beside.writing);
      if (text === null) break;
      // `user = Zoë` is somebody's name.
      if (field.sure === 1 && looksLikeName(text)) person.label ??= value;
      else person.externalId ??= value;
      break;
    }
    case 'tags':
      // OneSignal calls `{"plan":"pro"}` tags.
      if (isPairs(value)) addPairs(beside, value);
      else person.tags.push(value);
      break;
    case 'attributes':
      if (isPairs(value)) addPairs(beside, value);
      break;
    case 'attribute':
      addAttribute(beside, field.name ?? path, value);
      break;
    default:
  }
}

/** A message for somebody says nothing about them, and neither does the name of a program. */
const OF_ANOTHER =
  /^(?:.*\.)?(?:(?:notification|payload|message|headers|vapid_?details)\.|(?:creator|generator|browser|os|library|sdk|app|application|package|runtime|service|host|server|container|pod|agent|logger)\.name$)/i;

/** The path of a Firestore document is not a person's name. */
const DOCUMENT_PATH = /^projects\/[^/]+\/databases\/\S*$/;

/** Credentials for other systems are not attributes of a person. */
const IS_SECRET =
  /authorization|cookie|password|passwd|secret|bearer|(?:api|access|private|refresh|session|id)[._-]?(?:key|token)|^token$|jwt/i;

function isPairs(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function addPairs(beside: Beside, value: object): void {
  for (const [name, one] of Object.entries(value)) addAttribute(beside, name, one);
}

function addAttribute({ person, writing }: Beside, name: string, value: unknown): void {
  if (writing !== 'exported' && IS_SECRET.test(name)) return;
  if (textOf(value, writing) === null || person.attributes.some(([known]) => known === name)) return;
  person.attributes.push([name, value]);
}

/** A column of a statement that does not name its columns. */
const NO_NAME = /^column \d+$/;

/** The name it is filed under: one with blanks or capitals was given by a person, any other is an id. Firebase push ids say nothing. */
export function takeNames([first]: readonly string[], person: PersonFacts): void {
  if (first === undefined || /^-[\w-]{4,}$/.test(first) || NO_NAME.test(first)) return;
  if (/[\s'{}]/.test(first)) person.label ??= first;
  else person.externalId ??= first;
}
