import type { Answer, ConnectionFault } from '../../../core/diagnosis/answer.ts';

/**
 * The result of one request. `cutOff` says why the body is incomplete although the status is known: the status is the push service's word
 * on the message, so it counts even then.
 */
export type Reply = { kind: 'answer'; answer: Answer; cutOff: CutOff | null } | FaultReply;

export interface FaultReply {
  kind: 'fault';
  fault: ConnectionFault;
  detail: string;
  /** Some of the request has gone out, or may have: nobody knows whether the push service accepted it. */
  mayHaveLeft: boolean;
}

export type CutOff = 'too-large' | 'line-dropped' | 'deadline';

/** How many bytes of an answer's body are read; the rest is not waited for. */
export const ANSWER_LIMIT_BYTES = 64 * 1024;
