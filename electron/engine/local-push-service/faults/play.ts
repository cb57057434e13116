import { Readable, pipeline } from 'node:stream';
import { assertNever } from '../../../core/assert-never.ts';
import type { ServiceAnswer } from '../../../core/push-services/dialects/dialect.ts';
import type { Delays } from '../delays.ts';
import type { Exchange } from '../transport/exchange.ts';

/** How an answer leaves the service, once everything about it is decided. */
export type Performance =
  | { readonly kind: 'answer'; readonly answer: ServiceAnswer }
  | { readonly kind: 'silence' }
  | { readonly kind: 'cut'; readonly cut: 'connection' | 'stream' }
  | { readonly kind: 'cut-in-answer'; readonly answer: ServiceAnswer; readonly cut: 'connection' | 'stream' }
  | {
      readonly kind: 'drip';
      readonly answer: ServiceAnswer;
      readonly bytes: number;
      readonly everyMilliseconds: number;
    }
  | { readonly kind: 'oversize'; readonly answer: ServiceAnswer; readonly bytes: number };

const CHUNK = Buffer.alloc(65_536, 'x');
/** How many bytes a cut answer announces but never sends. */
const MISSING_BYTES = 64;

/** Sends it, or fails to, as decided. */
export function play(performance: Performance, exchange: Exchange, delays: Delays): void {
  switch (performance.kind) {
    case 'answer': {
      exchange.answer(performance.answer);
      return;
    }
    case 'silence':
      return;
    case 'cut': {
      exchange.cut(performance.cut);
      return;
    }
    case 'cut-in-answer': {
      cutInAnswer(performance.answer, performance.cut, exchange);
      return;
    }
    case 'drip': {
      drip(performance.answer, performance.bytes, performance.everyMilliseconds, exchange, delays);
      return;
    }
    case 'oversize': {
      oversize(performance.answer, performance.bytes, exchange);
      return;
    }
    default:
      return assertNever(performance);
  }
}

function cutInAnswer(
  { status, headers, body }: ServiceAnswer,
  cut: 'connection' | 'stream',
  exchange: Exchange,
): void {
  const part = body === '' ? '.' : body;
  const promised = Buffer.byteLength(part) + MISSING_BYTES;
  const line = exchange.open(status, { ...headers, 'content-length': String(promised) });
  // Only once that part has been sent: otherwise the cut would overtake it and the sender would see no status.
  line?.write(part, () => {
    exchange.cut(cut);
  });
}

function drip(
  { status, headers }: ServiceAnswer,
  bytes: number,
  everyMilliseconds: number,
  exchange: Exchange,
  delays: Delays,
): void {
  const line = exchange.open(status, { ...headers, 'content-length': String(bytes) });
  let left = bytes;
  const next = (): void => {
    if (line === null || line.destroyed) return;
    if (left === 0) {
      line.end();
      return;
    }
    left -= 1;
    line.write('.');
    delays.after(everyMilliseconds, next);
  };
  next();
}

function oversize({ status, headers }: ServiceAnswer, bytes: number, exchange: Exchange): void {
  const line = exchange.open(status, { ...headers, 'content-length': String(bytes) });
  // The purpose of this fault is to make a sender stop reading and hang up.
  if (line !== null) pipeline(Readable.from(chunksOf(bytes)), line, () => undefined);
}

function* chunksOf(bytes: number): Generator<Buffer, void, undefined> {
  for (let left = bytes; left > 0; left -= CHUNK.length)
    yield CHUNK.subarray(0, Math.min(left, CHUNK.length));
}
