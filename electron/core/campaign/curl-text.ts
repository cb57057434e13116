import type { Attempt } from '../../contract/deliveries.ts';

/**
 * The request as a shell command, to be tried by hand. What is kept of it is not enough to send: the token is shortened, and the body was
 * encrypted for one browser and is not kept. The command says both in the places concerned.
 */
export function curlText({ request }: Pick<Attempt, 'request'>): string {
  const { method, url, headers, bodyBytes } = request;
  return [
    '# The token in the Authorization header is shortened: Pushdesk keeps no whole one, and its API gives none out.',
    `# message.bin stands for the body: ${String(bodyBytes)} bytes, encrypted for this browser only, which Pushdesk does not keep.`,
    [
      `curl --request ${method} ${quoted(url)}`,
      ...headers.map(([name, value]) => `  --header ${quoted(`${name}: ${value}`)}`),
      '  --data-binary @message.bin',
    ].join(' \\\n'),
  ].join('\n');
}

/** One word of a POSIX shell, whatever it holds; what would end the line, or cannot be seen, is left out. */
function quoted(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '');
  return `'${visible.replaceAll("'", String.raw`'\''`)}'`;
}
