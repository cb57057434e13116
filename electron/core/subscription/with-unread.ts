import { createEndpointsWithKeys, type EndpointWithKey } from './endpoints-with-keys.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { spoiledEndpoint } from './spoiled.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { createUnreadEndpoints } from './unread-endpoints.ts';
import { NOT_UNDERSTOOD } from './unread-form.ts';

/** How many rows may be held for the first one. */
const MAX_HELD = 10_000;

/**
 * Sees to it that nothing is lost in silence, whatever reader reads: an endpoint of a known push service or a shortened one that has a
 * public key near it, and came out neither as a row nor as a bad one, is reported in its place among them. Where no row comes out at all,
 * the text is refused as a whole.
 *
 * Takes time in proportion to the text, and memory for what the reader is behind.
 */
export function withUnread(reader: SubscriptionTextReader): SubscriptionTextReader {
  const endpoints = createEndpointsWithKeys();
  const waiting = createUnreadEndpoints();
  /** What there is until the first row; `null`: rows have come out. */
  let held: SubscriptionTextRow[] | null = [];

  const unreadBefore = (line: number) => waiting.takeBefore(line).map(unreadRow);
  const read = (text: string) => (text === '' ? [] : reader.push(text));
  const hearOne = (row: SubscriptionTextRow): SubscriptionTextRow[] => {
    if (row.kind === 'bad') waiting.forgetBad(row);
    if (row.kind === 'row') waiting.forgetFound(row);
    if (held === null) return row.kind === 'other' ? [row] : [...unreadBefore(row.line), row];
    held.push(row);
    if (row.kind !== 'row' && held.length < MAX_HELD) return [];
    const rows = [...held, ...unreadBefore(row.line)].sort((one, other) => one.line - other.line);
    held = null;
    return rows;
  };

  return {
    push(piece) {
      const { found, settled } = endpoints.push(piece, false);
      waiting.keep(found);
      return read(settled).flatMap(hearOne);
    },
    end() {
      const { found, settled } = endpoints.push('', true);
      waiting.keep(found);
      const rows = [...read(settled), ...reader.end()].flatMap(hearOne);
      return held ?? [...rows, ...unreadBefore(Infinity)];
    },
  };
}

const unreadRow = ({ endpoint, line }: EndpointWithKey): SubscriptionTextRow => ({
  kind: 'bad',
  line,
  problem: spoiledEndpoint(endpoint) ?? NOT_UNDERSTOOD,
  excerpt: clean(endpoint, 0, EXCERPT_CHARACTERS),
});
