import type { ConnectionFault } from '../../../core/diagnosis/answer.ts';
import { faultOfError } from '../../net/fault-of-error.ts';
import { textOfBody } from './answer-text.ts';
import { ANSWER_LIMIT_BYTES, type CutOff, type Reply } from './reply.ts';

/** Assembles an answer as it comes in, and settles exactly once. */
export interface PendingReply {
  readonly settled: boolean;
  /** True once the push service's status is known. */
  readonly answered: boolean;
  /** Set by the connection once some of the request has gone out, or may have. */
  mayHaveLeft: boolean;
  start(status: number, headers: [string, string][]): void;
  /** Takes a piece of the body; false once enough was read and the rest is not needed. */
  add(chunk: Uint8Array): boolean;
  end(): void;
  /** The connection broke, or the request could not be made. */
  fail(error: unknown): void;
  /** The time of this attempt is over. */
  expire(): void;
}

export function createPendingReply(settle: (reply: Reply) => void): PendingReply {
  let status: number | null = null;
  let headers: [string, string][] = [];
  let settled = false;
  const chunks: Uint8Array[] = [];
  let bytes = 0;

  const finish = (reply: Reply) => {
    if (settled) return;
    settled = true;
    settle(reply);
  };
  const fault = (found: { fault: ConnectionFault; detail: string }) => {
    finish({ kind: 'fault', ...found, mayHaveLeft: self.mayHaveLeft });
  };
  const answer = (known: number, cutOff: CutOff | null) => {
    finish({
      kind: 'answer',
      answer: { status: known, headers, body: textOfBody(Buffer.concat(chunks), headers) },
      cutOff,
    });
  };

  const self: PendingReply = {
    mayHaveLeft: false,
    get settled() {
      return settled;
    },
    get answered() {
      return status !== null;
    },
    start(code, list) {
      status = code;
      headers = list;
    },
    add(chunk) {
      if (settled || status === null) return false;
      const room = ANSWER_LIMIT_BYTES - bytes;
      chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk);
      bytes += chunk.byteLength;
      if (bytes <= ANSWER_LIMIT_BYTES) return true;
      answer(status, 'too-large');
      return false;
    },
    end() {
      if (status === null) fault({ fault: 'reset', detail: 'The connection ended before an answer came.' });
      else answer(status, null);
    },
    fail(error) {
      if (status === null) fault(faultOfError(error));
      else answer(status, 'line-dropped');
    },
    expire() {
      if (status === null) fault({ fault: 'timeout', detail: 'No answer came in time.' });
      else answer(status, 'deadline');
    },
  };
  return self;
}
