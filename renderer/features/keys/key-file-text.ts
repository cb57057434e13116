/** Larger files hold no keys. */
const LARGEST_BYTES = 1_000_000;

/** A file as a text to search for keys: as it is, or as base64 where it is none (DER). */
export async function keyFileText(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, LARGEST_BYTES).arrayBuffer());
  try {
    const [first, second] = bytes;
    const isWide = first === 0xff && second === 0xfe;
    return new TextDecoder(isWide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }
}
