import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { unknownField } from '../../contract/problem.ts';
import { unknownNameOf } from '../../contract/unknown-name.ts';
import { HttpProblem } from './http-problem.ts';

const CURE = 'Send one JSON object as application/json, in UTF-8.';

/**
 * Takes JSON and nothing else: strict UTF-8 (broken bytes are refused, not replaced), and no `__proto__` or
 * `constructor.prototype` keys.
 */
export function acceptOnlyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      done(new HttpProblem(400, { code: 'not-utf-8', cause: 'The body is not valid UTF-8.', cure: CURE }));
      return;
    }
    void parse(request, text, done);
  });
}

/**
 * Reads a body by its schema.
 *
 * @throws HttpProblem 415 when there is no JSON body, 422 when the schema refuses it, naming the first wrong field
 */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  if (body === undefined) {
    throw new HttpProblem(415, { code: 'no-json', cause: 'The request has no JSON body.', cure: CURE });
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknown = issue === undefined ? null : unknownNameOf(issue);
  if (unknown !== null) throw new HttpProblem(422, unknownField(unknown));
  const field = issue?.path.join('.') ?? '';
  throw new HttpProblem(422, {
    code: 'bad-input',
    cause: field === '' ? 'The body is not a JSON object.' : `The field ${field} is missing or invalid.`,
    cure: 'Send what PushSubscription.toJSON() returns, as the subscribe page does.',
    ...(field === '' ? {} : { field }),
  });
}
