import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HttpProblem } from '../http-problem.ts';

const HEADER = 'idempotency-key';
const LONGEST = 255;
const uuidSchema = z.uuid();
const bodySchema = z.looseObject({ requestId: z.unknown().optional() });

/**
 * Puts the `Idempotency-Key` of a send into its input as the id of the request, which the store keeps: the same key never starts a second
 * campaign, whenever it comes again. See draft-ietf-httpapi-idempotency-key-header; the quotes of its structured string may be left out.
 *
 * @throws HttpProblem 400 without a key: a send that is repeated after a lost answer must not go out twice
 */
export function bringRequestId(request: FastifyRequest): void {
  const key = readKey(request.headers[HEADER]);
  const body = bodySchema.safeParse(request.body);
  // The procedure's schema refuses anything that is not an object.
  if (!body.success) return;
  const { requestId } = body.data;
  if (key === null) {
    if (requestId === undefined) throw noKey();
    return;
  }
  const own = requestIdOf(key);
  if (requestId !== undefined && requestId !== own) throw twoKeys();
  request.body = { ...body.data, requestId: own };
}

function readKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const text = String(header).trim();
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  if (key === '' || key.length > LONGEST || !/^[\x21-\x7e]+$/.test(key)) throw badKey();
  return key;
}

/** A UUID is used as it is; any other text is turned into one (version 8, RFC 9562 §5.8), always the same. */
function requestIdOf(key: string): string {
  if (uuidSchema.safeParse(key).success) return key.toLowerCase();
  const bytes = createHash('sha256').update(`pushdesk idempotency key ${key}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const CURE =
  'Send an Idempotency-Key header with a value you choose, such as a UUID: the same one to repeat this send, a new one for the next.';

const noKey = () =>
  new HttpProblem(400, {
    code: 'idempotency-key-missing',
    cause: 'This send has no Idempotency-Key, so a repeat could not be told apart from a second send.',
    cure: CURE,
  });

const badKey = () =>
  new HttpProblem(400, {
    code: 'idempotency-key-malformed',
    cause: `The Idempotency-Key is not 1 to ${LONGEST} visible ASCII characters without spaces.`,
    cure: CURE,
  });

const twoKeys = () =>
  new HttpProblem(422, {
    code: 'idempotency-key-differs',
    cause: 'The Idempotency-Key header and the requestId in the body are different.',
    cure: 'Leave the requestId out of the body.',
    field: 'requestId',
  });
