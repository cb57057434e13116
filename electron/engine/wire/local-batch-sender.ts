import type { ConnectionFault } from '../../core/diagnosis/answer.ts';
import type { Clock } from '../base/clock.ts';
import {
  PART_SIZE,
  type LocalBatchSender,
  type MayGo,
  type SendBatch,
  type SendJob,
  type SendResult,
} from './batch-sender.ts';
import type { Encrypted, Encryptor } from './encryption/encryptor.ts';
import { createRequestHeaders } from './request-headers.ts';
import type { Transport } from './transport/transport.ts';

/** A job that is ready for the wire, or why it never will be. */
type Ready =
  | { kind: 'ready'; url: URL; body: Buffer }
  | { kind: 'failed'; fault: ConnectionFault; detail: string };

export interface LocalBatchSenderOptions {
  encryptor: Encryptor;
  transport: Transport;
  clock: Clock;
  /** Monotonic time in milliseconds. */
  monotonicNow?: () => number;
}

/** Sends from this machine. */
export function createLocalBatchSender({
  encryptor,
  transport,
  clock,
  monotonicNow = () => performance.now(),
}: LocalBatchSenderOptions): LocalBatchSender {
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
    const { url, body } = ready;
    const bodyBytes = body.byteLength;
    const { sent, shown } = headersOf(ttlSeconds, bodyBytes);
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

  /** Each thread encrypts one part at a time: then the messages between threads cost little, and nothing waits long. */
  const sendPart = async (
    batch: SendBatch,
    part: number,
    report: (result: SendResult) => void,
    signal: AbortSignal,
    mayGo: MayGo | undefined,
  ) => {
    const headersOf = createRequestHeaders(batch);
    const [from, to] = [part * PART_SIZE, (part + 1) * PART_SIZE];
    const jobs = batch.jobs.slice(from, to);
    const payload = typeof batch.payload === 'string' ? batch.payload : batch.payload.slice(from, to);
    const encrypted = signal.aborted ? [] : await encryptor.encrypt(payload, jobs);
    const bodies = signal.aborted || mayGo === undefined || (await mayGo(part)) ? encrypted : [];
    await Promise.all(
      jobs.map(async (job, index) => {
        const body = bodies[index];
        if (body === undefined || signal.aborted) report({ kind: 'not-sent', deliveryId: job.deliveryId });
        else report(await sendOne(batch, headersOf, job, body));
      }),
    );
  };

  return {
    getReady() {
      encryptor.getReady();
    },
    async send(batch, report, signal, mayGo) {
      const parts = Array.from({ length: Math.ceil(batch.jobs.length / PART_SIZE) }, (_item, part) =>
        sendPart(batch, part, report, signal, mayGo),
      );
      await Promise.all(parts);
    },
    async close() {
      await Promise.all([transport.close(), encryptor.close()]);
    },
  };
}

function prepare({ endpoint }: SendJob, { origin }: SendBatch, encrypted: Encrypted): Ready {
  if (encrypted.kind === 'failed') return { ...encrypted, fault: 'encryption' };
  const url = urlOf(endpoint);
  // The token must reach no origin but the one that it was signed for.
  if (url?.origin !== origin)
    return { kind: 'failed', fault: 'invalid-endpoint', detail: `The endpoint is not at ${origin}.` };
  return { kind: 'ready', url, body: encrypted.body };
}

/** Parsed only once: checking first whether it can be parsed would cost as much again, for every message. */
function urlOf(endpoint: string): URL | null {
  try {
    return new URL(endpoint);
  } catch {
    return null;
  }
}
