import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { inputProblem } from '../../contract/input-problem.ts';
import { HttpProblem } from './http-problem.ts';

/** Keeps no state between bodies. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

const CURE = 'Send one JSON object as application/json, in UTF-8.';
const SUBSCRIPTION_CURE = 'Send what PushSubscription.toJSON() returns, as the subscribe page does.';

/**
 * Accepts JSON and nothing else: strict UTF-8 (broken bytes are refused, not replaced), and no `__proto__` or `constructor.prototype` keys.
 *
 * @param empty what an empty body is: many clients of an API name the type of a body that they do not send
 */
export function acceptOnlyJson(app: FastifyInstance, empty: 'broken' | 'no body' = 'broken'): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    let text: string;
    try {
      text = UTF_8.decode(bytes);
    } catch {
      done(new HttpProblem(400, { code: 'not-utf-8', cause: 'The body is not valid UTF-8.', cure: CURE }));
      return;
    }
    if (text === '' && empty === 'no body') done(null);
    else void parse(request, text, done);
  });
}

/**
 * Reads a body according to its schema.
 *
 * @throws HttpProblem 415 if there is no JSON body, 422 if the schema refuses it, naming the first wrong field
 */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  if (body === undefined) {
    throw new HttpProblem(415, { code: 'no-json', cause: 'The request has no JSON body.', cure: CURE });
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const names = { code: 'bad-input', whole: 'The body', advice: SUBSCRIPTION_CURE };
  throw new HttpProblem(422, inputProblem(result.error.issues, names));
}
