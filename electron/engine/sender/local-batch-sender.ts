import type { ConnectionFault } from '../../core/answer.ts';
import type { Clock } from '../clock.ts';
import type { BatchSender, SendBatch, SendJob, SendResult } from './batch-sender.ts';
import type { Encrypted, Encryptor } from './encryption/encryptor.ts';
import { requestHeaders, withoutToken } from './request-headers.ts';
import type { Transport } from './transport/transport.ts';
import type { VapidTokens } from './vapid-tokens.ts';

/** Messages that one worker thread encrypts at a time: the message between threads costs little then, and nothing waits for long. */
const ENCRYPT_BATCH = 32;

type Authorization =
  { kind: 'header'; header: string } | { kind: 'failed'; fault: ConnectionFault; detail: string };

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
  const sendOne = async (batch: SendBatch, job: SendJob, encrypted: Encrypted): Promise<SendResult> => {
    const startedAt = clock.now();
    const start = monotonicNow();
    const { pushService, urgency, topic } = batch;
    const request = { url: job.endpoint, headers: [] as [string, string][], bodyBytes: 0 };
    if (encrypted.kind === 'failed') {
      const reply = { kind: 'fault', fault: 'encryption', detail: encrypted.detail } as const;
      return { kind: 'attempted', deliveryId: job.deliveryId, request, startedAt, durationMs: 0, reply };
    }
    const { body } = encrypted;
    const authorization = authorizationFor(job, batch);
    if (authorization.kind === 'failed') {
      const reply = { kind: 'fault', fault: authorization.fault, detail: authorization.detail } as const;
      return { kind: 'attempted', deliveryId: job.deliveryId, request, startedAt, durationMs: 0, reply };
    }
    const headers = requestHeaders({
      pushService,
      authorization: authorization.header,
      ttlSeconds: job.ttlSeconds,
      urgency,
      topic,
      bodyBytes: body.byteLength,
    });
    const reply = await transport.post({ url: job.endpoint, headers: Object.fromEntries(headers), body });
    return {
      kind: 'attempted',
      deliveryId: job.deliveryId,
      request: { ...request, headers: withoutToken(headers), bodyBytes: body.byteLength },
      startedAt,
      durationMs: monotonicNow() - start,
      reply,
    };
  };

  const authorizationFor = ({ endpoint }: SendJob, { key }: SendBatch): Authorization => {
    if (!URL.canParse(endpoint))
      return { kind: 'failed', fault: 'invalid-endpoint', detail: 'The endpoint is not an address.' };
    try {
      return { kind: 'header', header: tokens.headerFor(new URL(endpoint).origin, key) };
    } catch (error) {
      return {
        kind: 'failed',
        fault: 'other',
        detail: error instanceof Error ? error.message : String(error),
      };
    }
  };

  const sendSome = async (
    batch: SendBatch,
    jobs: readonly SendJob[],
    report: (result: SendResult) => void,
    signal: AbortSignal,
  ) => {
    const bodies = signal.aborted ? [] : await encryptor.encrypt(batch.payload, jobs);
    await Promise.all(
      jobs.map(async (job, index) => {
        const encrypted = bodies[index];
        if (encrypted === undefined || signal.aborted)
          report({ kind: 'not-sent', deliveryId: job.deliveryId });
        else report(await sendOne(batch, job, encrypted));
      }),
    );
  };

  return {
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
