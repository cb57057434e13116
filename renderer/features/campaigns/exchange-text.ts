import type { Attempt } from '../../../electron/contract/campaign.ts';
import { formatStatus } from '../../format/http-status.ts';

type Headers = Attempt['request']['headers'];

const lines = (headers: Headers) => headers.map(([name, value]) => `${name}: ${value}`);

/** The first line of a request: method and address. */
export const requestLine = ({ request }: Attempt): string => `${request.method} ${request.url}`;

/** A request as text, for the clipboard. */
export const requestText = (attempt: Attempt): string =>
  [requestLine(attempt), ...lines(attempt.request.headers)].join('\n');

/** An answer as text, for the clipboard. */
export const answerText = ({ status, headers, body }: NonNullable<Attempt['answer']>): string =>
  [`HTTP ${formatStatus(status)}`, ...lines(headers), '', body].join('\n').trimEnd();

/** JSON laid out for reading; anything else as it came. */
export function readableBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
