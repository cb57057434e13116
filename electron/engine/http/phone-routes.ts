import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { reportPhoneSchema } from '../../contract/http.ts';
import type { PhoneAnswer, ReportPhone } from '../../contract/http.ts';
import { readBody } from './json-body.ts';

/** What is done with what a phone reports about itself. */
export interface PhoneIntake {
  take(report: ReportPhone): PhoneAnswer;
}

/**
 * Where the subscribe page reports what is missing on a phone. Only for the page itself, and only with a token.
 * @param limit refuses a request if too many came before
 */
export function addPhoneRoutes(
  app: FastifyInstance,
  { phones, limit }: { phones: PhoneIntake; limit: preHandlerAsyncHookHandler },
): void {
  const options = { config: { rateLimit: false as const, isPublic: true as const }, onRequest: limit };
  app.post('/api/phone', options, (request): PhoneAnswer => {
    const answer = phones.take(readBody(reportPhoneSchema, request.body));
    request.note = answer.watching
      ? 'A phone reported what is missing there'
      : 'A phone, with a link that has expired';
    return answer;
  });
}
