import type { ConnectionFault } from '../../core/diagnosis/answer.ts';

/** What went wrong at the proxy. Nothing has been sent to the push service. */
export type ProxyFault = Extract<ConnectionFault, `proxy-${string}`>;

export class ProxyError extends Error {
  readonly fault: ProxyFault;

  constructor(fault: ProxyFault, message: string) {
    super(message);
    this.name = 'ProxyError';
    this.fault = fault;
  }
}
