import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { reportReceiptsSchema } from '../../contract/http.ts';
import type { OwnSubscription, ReceiptsAnswer, ReportReceipts } from '../../contract/http.ts';
import { readBody } from './json-body.ts';

/** What the page's API does with receipts. */
export interface ReceiptIntake {
  take(report: ReportReceipts): Promise<ReceiptsAnswer>;
  /** Notes that this browser's worker sends them. */
  noteDevice(device: OwnSubscription): void;
}

/**
 * Where service workers report what became of messages.
 * @param limit refuses a request if too many came before
 */
export function addReceiptRoutes(
  app: FastifyInstance,
  { receipts, limit }: { receipts: ReceiptIntake; limit: preHandlerAsyncHookHandler },
): void {
  const options = {
    config: { rateLimit: false as const, crossOrigin: 'call' as const },
    onRequest: limit,
  };
  app.post('/api/receipts', options, async (request): Promise<ReceiptsAnswer> => {
    const answer = await receipts.take(readBody(reportReceiptsSchema, request.body));
    request.note = 'Receipts';
    return answer;
  });
}
