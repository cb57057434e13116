import type { ConnectionFault } from '../../core/diagnosis/answer.ts';

/** What went wrong at the proxy. The push service has not been asked for anything. */
export type ProxyFault = Extract<ConnectionFault, `proxy-${string}`>;

export class ProxyError extends Error {
  readonly fault: ProxyFault;

  constructor(fault: ProxyFault, message: string) {
    super(message);
    this.name = 'ProxyError';
    this.fault = fault;
  }
}
