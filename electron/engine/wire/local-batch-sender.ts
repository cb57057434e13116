import type { ConnectionFault } from '../../core/answer.ts';
import type { Clock } from '../base/clock.ts';
import type { BatchSender, SendBatch, SendJob, SendResult } from './batch-sender.ts';
import type { Encrypted, Encryptor } from './encryption/encryptor.ts';
import { createRequestHeaders } from './request-headers.ts';
import type { Transport } from './transport/transport.ts';
import type { Authorization, VapidTokens } from '../dispatch/vapid-tokens.ts';

/** Messages that one worker thread encrypts at a time: the message between threads costs little then, and nothing waits for long. */
const ENCRYPT_BATCH = 64;

/** A job that is ready for the wire, or why it never will be. */
type Ready =
  | { kind: 'ready'; url: URL; authorization: Authorization; body: Buffer }
  | { kind: 'failed'; fault: ConnectionFault; detail: string };

export interface LocalBatchSenderOptions {
  encryptor: Encryptor;
  transport: Transport;
  tokens: VapidTokens;
  clock: Clock;
  /** Monotonic time in milliseconds. */
  monotonicNow?: () => number;
}

/** Sends from this machine. */
export function createLocalBatchSender({
  encryptor,
  transport,
  tokens,
  clock,
  monotonicNow = () => performance.now(),
}: LocalBatchSenderOptions): BatchSender {
  const prepare = ({ endpoint }: SendJob, { key }: SendBatch, encrypted: Encrypted): Ready => {
    if (encrypted.kind === 'failed') return { ...encrypted, fault: 'encryption' };
    const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
    if (url?.protocol !== 'https:')
      return { kind: 'failed', fault: 'invalid-endpoint', detail: 'The endpoint is not an https address.' };
    try {
      return { kind: 'ready', url, authorization: tokens.authorize(url.origin, key), body: encrypted.body };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', fault: 'other', detail: `The token could not be signed: ${detail}` };
    }
  };

  const sendOne = async (
    batch: SendBatch,
    headersOf: ReturnType<typeof createRequestHeaders>,
    job: SendJob,
    encrypted: Encrypted,
  ): Promise<SendResult> => {
    const { deliveryId, endpoint, ttlSeconds } = job;
    const startedAt = clock.now();
    const start = monotonicNow();
    const ready = prepare(job, batch, encrypted);
    if (ready.kind === 'failed') {
      const request = { url: endpoint, headers: [], bodyBytes: 0 };
      const { fault, detail } = ready;
      const reply = { kind: 'fault', fault, detail, mayHaveLeft: false } as const;
      return { kind: 'attempted', deliveryId, request, startedAt, durationMs: 0, reply };
    }
    const { url, authorization, body } = ready;
    const bodyBytes = body.byteLength;
    const { sent, shown } = headersOf(authorization, ttlSeconds, bodyBytes);
    const reply = await transport.post({ url, headers: sent, body });
    return {
      kind: 'attempted',
      deliveryId,
      request: { url: endpoint, headers: shown, bodyBytes },
      startedAt,
      durationMs: monotonicNow() - start,
      reply,
    };
  };

  const sendSome = async (
    batch: SendBatch,
    jobs: readonly SendJob[],
    report: (result: SendResult) => void,
    signal: AbortSignal,
  ) => {
    const headersOf = createRequestHeaders(batch);
    const bodies = signal.aborted ? [] : await encryptor.encrypt(batch.payload, jobs);
    await Promise.all(
      jobs.map(async (job, index) => {
        const encrypted = bodies[index];
        if (encrypted === undefined || signal.aborted)
          report({ kind: 'not-sent', deliveryId: job.deliveryId });
        else report(await sendOne(batch, headersOf, job, encrypted));
      }),
    );
  };

  return {
    getReady() {
      encryptor.getReady();
    },
    async send(batch, report, signal) {
      const parts: Promise<void>[] = [];
      for (let at = 0; at < batch.jobs.length; at += ENCRYPT_BATCH)
        parts.push(sendSome(batch, batch.jobs.slice(at, at + ENCRYPT_BATCH), report, signal));
      await Promise.all(parts);
    },
    async close() {
      await Promise.all([transport.close(), encryptor.close()]);
    },
  };
}
