import type { FastifyInstance, preHandlerAsyncHookHandler } from 'fastify';
import { reportPhoneSchema } from '../../contract/http.ts';
import type { PhoneAnswer, ReportPhone } from '../../contract/http.ts';
import { readBody } from './json-body.ts';

/** What is done with what a phone tells of itself. */
export interface PhoneIntake {
  take(report: ReportPhone): PhoneAnswer;
}

/**
 * Where the subscribe page tells what is missing on a phone. It is for the page itself only, and for one with a token.
 * @param limit refuses one where too many came before
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
