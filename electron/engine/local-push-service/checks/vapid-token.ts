import { verify } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { parseApplicationServerKey } from './application-server-key.ts';
import type { ServiceRefusal } from '../../../core/push-services/dialects/refusal.ts';

export type VapidCheck =
  | { readonly kind: 'valid'; readonly publicKey: string; readonly subject: string }
  | { readonly kind: 'refused'; readonly refusal: ServiceRefusal };

export interface VapidVerifier {
  /**
   * Checks an `Authorization` header (RFC 8292 §2 and §3).
   * @param origin what the token's `aud` must be
   */
  verify(authorization: string, origin: string): VapidCheck;
}

/** RFC 8292 §2: no more than 24 hours ahead. In seconds. */
const MAX_LIFETIME = 24 * 60 * 60;
const ES256_SIGNATURE_BYTES = 64;
const headerSchema = z.object({ alg: z.literal('ES256'), typ: z.string().regex(/^jwt$/i).optional() });
const claimsSchema = z.object({
  aud: z.string().optional(),
  exp: z.number().optional(),
  sub: z.string().optional(),
});

/** What holds for a token at any time. */
type Reading =
  | {
      readonly kind: 'signed';
      readonly publicKey: string;
      readonly audience: string | undefined;
      readonly expires: number;
      readonly subject: string | undefined;
    }
  | { readonly kind: 'refused'; readonly refusal: ServiceRefusal };

/** Senders reuse their tokens for hours, so a header's signature is checked once and the result remembered. */
export function createVapidVerifier({
  clock,
  remembered = 1000,
}: {
  clock: Clock;
  remembered?: number;
}): VapidVerifier {
  const readings = new Map<string, Reading>();

  function read(authorization: string): Reading {
    const known = readings.get(authorization);
    if (known) return known;
    const reading = readAuthorization(authorization);
    if (readings.size >= remembered) {
      const oldest = readings.keys().next();
      if (!oldest.done) readings.delete(oldest.value);
    }
    readings.set(authorization, reading);
    return reading;
  }

  return {
    verify(authorization, origin) {
      const reading = read(authorization);
      if (reading.kind === 'refused') return reading;
      const now = clock.now() / 1000;
      if (reading.audience !== origin) return refused('token-audience');
      if (reading.expires <= now) return refused('token-expired');
      if (reading.expires > now + MAX_LIFETIME) return refused('token-too-long');
      if (reading.subject === undefined || !/^(mailto|https):/i.test(reading.subject))
        return refused('subject-invalid');
      return { kind: 'valid', publicKey: reading.publicKey, subject: reading.subject };
    },
  };
}

function readAuthorization(authorization: string): Reading {
  const [, scheme = '', rest = ''] = /^([A-Za-z0-9]+) +([^ ].*)?$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'vapid') return refused('authorization-malformed');
  const parameters = readParameters(rest);
  const token = parameters.get('t');
  const key = parseApplicationServerKey(parameters.get('k') ?? '');
  if (token === undefined || key === null) return refused('authorization-malformed');
  const [header = '', claims = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) return refused('token-invalid');
  const signatureBytes = Buffer.from(signature, 'base64url');
  const readHeader = headerSchema.safeParse(parseJson(header));
  const readClaims = claimsSchema.safeParse(parseJson(claims));
  if (!readHeader.success || !readClaims.success) return refused('token-invalid');
  if (signatureBytes.length !== ES256_SIGNATURE_BYTES) return refused('token-invalid');
  const signed = Buffer.from(`${header}.${claims}`);
  if (!verify('sha256', signed, { key: key.key, dsaEncoding: 'ieee-p1363' }, signatureBytes)) {
    return refused('token-invalid');
  }
  const { aud, exp, sub } = readClaims.data;
  // A token without an expiry must be refused, like one that has expired.
  return { kind: 'signed', publicKey: key.text, audience: aud, expires: exp ?? 0, subject: sub };
}

/** `t=…, k=…` in any order, as tokens or quoted strings (RFC 9110 §11.2). */
function readParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text.split(',')) {
    const [, name, quoted, plain] = /^\s*([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s"]+))\s*$/i.exec(part) ?? [];
    if (name !== undefined) parameters.set(name.toLowerCase(), quoted ?? plain ?? '');
  }
  return parameters;
}

function parseJson(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function refused(refusal: ServiceRefusal): { readonly kind: 'refused'; readonly refusal: ServiceRefusal } {
  return { kind: 'refused', refusal };
}
