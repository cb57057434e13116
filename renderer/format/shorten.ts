/** Cuts the middle out of a long text, keeping the ends that tell two of a kind apart. */
export function shortenMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = Math.floor((length - 1) / 2);
  const head = length - 1 - tail;
  return `${text.slice(0, head)}…${text.slice(text.length - tail)}`;
}

/** The end of an endpoint: what tells two of the same push service apart. */
export const endpointTail = (endpoint: string, length = 12): string =>
  endpoint.length <= length ? endpoint : `…${endpoint.slice(-length)}`;

/** An endpoint as a person tells it apart: its host, then the end of its secret path. */
export function shortenEndpoint(endpoint: string, tailLength = 10): string {
  if (!URL.canParse(endpoint)) return shortenMiddle(endpoint, 24);
  const { host, pathname, search } = new URL(endpoint);
  const path = pathname + search;
  return path.length <= tailLength + 1 ? host + path : `${host}/…${path.slice(-tailLength)}`;
}
