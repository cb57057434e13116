import type { Attempt } from '../../../electron/contract/deliveries.ts';
import { formatCount } from '../../format/numbers.ts';
import { formatStatus } from '../../../electron/core/text/http-status.ts';

type Answer = NonNullable<Attempt['answer']>;
type Headers = Attempt['request']['headers'];

const lines = (headers: Headers) => headers.map(([name, value]) => `${name}: ${value}`);

/** The first line of a request: method and address. */
export const requestLine = ({ request }: Attempt): string => `${request.method} ${request.url}`;

/** A request as text, for the clipboard. */
export const requestText = (attempt: Attempt): string =>
  [requestLine(attempt), ...lines(attempt.request.headers)].join('\n');

/** An answer as text, for the clipboard. */
export const answerText = ({ status, headers, body, cut }: Answer): string =>
  [
    [`HTTP ${formatStatus(status)}`, ...lines(headers), '', body].join('\n').trimEnd(),
    ...(cut === null ? [] : ['', `[${cutNote(cut)}]`]),
  ].join('\n');

/** Says how much of an answer is kept. */
export const cutNote = ({ receivedBytes, keptBytes }: NonNullable<Answer['cut']>): string =>
  `The answer was longer: ${formatCount(receivedBytes)} bytes came, ${formatCount(keptBytes)} are kept.`;

/** JSON laid out for reading; anything else as it came. */
export function readableBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
