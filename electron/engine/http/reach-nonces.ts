import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Door } from './callers.ts';

/** How a request to the engine's own public address came in. */
export interface Arrival {
  /** The header, as written by whatever is in front. */
  readonly host: string;
  readonly door: Door | null;
  /** `null`: there was none. */
  readonly forwardedFor: string | null;
}

/** A question that the engine asks itself from outside. */
export interface Expected {
  readonly nonce: string;
  /** The answer that only this engine can give. */
  readonly proof: string;
  /** `null`: the question has not come in. */
  arrival(): Arrival | null;
  /** Nobody is waiting for it any more. */
  forget(): void;
}

export interface ReachNonces {
  expect(): Expected;
  /** The proof for a nonce that is awaited; `null` for any other. */
  answer(nonce: string, request: FastifyRequest): string | null;
}

const token = () => randomBytes(24).toString('base64url');

export function createReachNonces(): ReachNonces {
  const waiting = new Map<string, { proof: string; arrival: Arrival | null }>();
  return {
    expect() {
      const nonce = token();
      const entry: { proof: string; arrival: Arrival | null } = { proof: token(), arrival: null };
      waiting.set(nonce, entry);
      return {
        nonce,
        proof: entry.proof,
        arrival: () => entry.arrival,
        forget: () => {
          waiting.delete(nonce);
        },
      };
    },
    answer(nonce, { headers, caller }) {
      const entry = waiting.get(nonce);
      if (entry === undefined) return null;
      const forwardedFor = headers['x-forwarded-for'];
      entry.arrival = {
        host: headers.host ?? '',
        door: caller?.door ?? null,
        forwardedFor: forwardedFor === undefined ? null : [forwardedFor].flat().join(','),
      };
      return entry.proof;
    },
  };
}
