import type { Answer, ConnectionFault } from '../../../core/diagnosis/answer.ts';

/**
 * What came of one request. `cutOff` says why the body is not whole although the status is known: the status is the
 * push service's word on the message, so it counts even then.
 */
export type Reply = { kind: 'answer'; answer: Answer; cutOff: CutOff | null } | FaultReply;

export interface FaultReply {
  kind: 'fault';
  fault: ConnectionFault;
  detail: string;
  /** Some of the request had gone out, or may have: nobody knows whether the push service took it. */
  mayHaveLeft: boolean;
}

export type CutOff = 'too-large' | 'line-dropped' | 'deadline';

/** Bytes of an answer's body that are read; the rest is not waited for. */
export const ANSWER_LIMIT_BYTES = 64 * 1024;
