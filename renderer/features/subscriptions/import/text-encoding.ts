/** How many bytes show whether a text is UTF-16. */
const LOOK = 4096;

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Decodes the bytes of a file, piece by piece. */
export interface BytesDecoder {
  push(bytes: Uint8Array): string;
  end(): string;
}

/**
 * Finds out how a text is encoded while it decodes it: by its byte order mark, by the zero bytes that UTF-16 has between the letters of
 * JSON and tables; else it is UTF-8 for as long as that is valid, and from there on Windows-1252, which includes Latin-1.
 */
export function createBytesDecoder(): BytesDecoder {
  let encoding: Encoding | null = null;
  let decoder = new TextDecoder('utf-8', { fatal: true });

  const become = (next: Encoding) => {
    encoding = next;
    decoder = new TextDecoder(next, { fatal: next === 'utf-8' });
  };
  const decode = (bytes: Uint8Array, isLast: boolean): string => {
    try {
      return decoder.decode(bytes, { stream: !isLast });
    } catch {
      become('windows-1252');
      return decoder.decode(bytes, { stream: !isLast });
    }
  };
  return {
    push(bytes) {
      if (encoding === null) become(encodingOf(bytes.subarray(0, LOOK)));
      return decode(bytes, false);
    },
    end: () => decode(new Uint8Array(), true),
  };
}

/** Decodes a file that is here as a whole. */
export function textOfBytes(bytes: Uint8Array): string {
  const decoder = createBytesDecoder();
  return decoder.push(bytes) + decoder.end();
}

function encodingOf(start: Uint8Array): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  let [even, odd] = [0, 0];
  start.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  });
  const many = start.length / 5;
  if (odd > many && even < odd / 10) return 'utf-16le';
  return even > many && odd < even / 10 ? 'utf-16be' : 'utf-8';
}
