import { TLSSocket } from 'node:tls';
import type { Problem } from '../../../contract/problem.ts';
import type { PublicAddress } from '../../../contract/public-address.ts';
import type { ReachCheck } from '../../../contract/server.ts';
import type { Clock } from '../../base/clock.ts';
import type { ReachNonces } from '../../http/reach-nonces.ts';
import { askOwnAddress, type OpenTo } from './ask-own-address.ts';
import { hintsOf, problemOfAnswer, problemOfError, tooSlow } from './reach-problems.ts';

export const CHECK_TIMEOUT_MS = 10_000;
const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

export interface CheckReachOptions {
  address: PublicAddress;
  /** The engine's own port on the loopbacks. */
  port: number;
  nonces: ReachNonces;
  openTo: OpenTo;
  clock: Clock;
  timeoutMs?: number;
}

/**
 * Whether the public address really leads to this engine: it asks itself, from outside, for an answer that only it can give. Never rejects:
 * problems are returned with their cause and cure.
 */
export async function checkReach(options: CheckReachOptions): Promise<ReachCheck> {
  const { address, port, nonces, openTo, clock, timeoutMs = CHECK_TIMEOUT_MS } = options;
  const asked = { address, inner: `http://127.0.0.1:${port}` };
  const expected = nonces.expect();
  const signal = AbortSignal.timeout(timeoutMs);
  const shown: { expiresAt: number | null } = { expiresAt: null };
  const open: OpenTo = async (url) => {
    const socket = await openTo(url);
    if (socket instanceof TLSSocket) shown.expiresAt = expiryOf(socket);
    return socket;
  };
  const result = (problem: Problem | null, hints: Problem[]): ReachCheck => ({
    at: clock.now(),
    url: address.url,
    problem,
    hints,
    certificateExpiresAt: shown.expiresAt,
  });
  try {
    const answer = await askOwnAddress(new URL(`healthz?check=${expected.nonce}`, address.url), open, signal);
    const arrival = expected.arrival();
    if (answer.status !== 200 || arrival === null || !answer.body.includes(expected.proof)) {
      return result(problemOfAnswer(answer, asked), []);
    }
    const hints = hintsOf(arrival, address);
    const days = shown.expiresAt === null ? SOON_DAYS : Math.floor((shown.expiresAt - clock.now()) / DAY_MS);
    return result(null, days < SOON_DAYS ? [expiresSoon(days), ...hints] : hints);
  } catch (error) {
    return result(signal.aborted ? tooSlow(address) : problemOfError(error, asked), []);
  } finally {
    expected.forget();
  }
}

function expiryOf(socket: TLSSocket): number | null {
  const until = Date.parse(socket.getPeerCertificate().valid_to);
  return Number.isNaN(until) ? null : until;
}

const expiresSoon = (days: number): Problem => ({
  code: 'certificate-expires-soon',
  cause: `The certificate expires ${days <= 0 ? 'today' : days === 1 ? 'in 1 day' : `in ${days} days`}.`,
  cure: 'Check that it is renewed automatically. From that day on, browsers refuse the page and the kit.',
});
