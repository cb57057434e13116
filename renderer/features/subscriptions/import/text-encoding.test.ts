import { expect, it } from 'vitest';
import { createBytesDecoder, textOfBytes } from './text-encoding.ts';

const TEXT = '[{"endpoint":"https://push.example.com/1","name":"Müller"}]\r\n';
const swapped = (bytes: Uint8Array) => Uint8Array.from(bytes, (_byte, at) => bytes[at ^ 1] ?? 0);
const codes = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
const latin1 = (text: string) => Uint8Array.from(codes(text));
const utf16 = Uint8Array.from(codes(TEXT).flatMap((code) => [code & 0xff, code >> 8]));
const marked = (mark: number[], bytes: Uint8Array) => Uint8Array.from([...mark, ...bytes]);

it.each<[string, Uint8Array]>([
  ['UTF-8', new TextEncoder().encode(TEXT)],
  ['UTF-8 with its mark', marked([0xef, 0xbb, 0xbf], new TextEncoder().encode(TEXT))],
  ['UTF-16, low byte first, as PowerShell writes it', marked([0xff, 0xfe], utf16)],
  ['UTF-16, high byte first', marked([0xfe, 0xff], swapped(utf16))],
  ['UTF-16 without a mark', utf16],
  ['UTF-16, high byte first, without a mark', swapped(utf16)],
  ['Latin-1', latin1(TEXT)],
])('decodes %s', (_name, bytes) => {
  expect(textOfBytes(bytes)).toBe(TEXT);
});

it('decodes pieces that are cut inside a character, and Latin-1 that shows late', () => {
  const pieces = (bytes: Uint8Array, length: number) => {
    const decoder = createBytesDecoder();
    let text = '';
    for (let at = 0; at < bytes.length; at += length) text += decoder.push(bytes.subarray(at, at + length));
    return text + decoder.end();
  };
  const late = 'x'.repeat(10_000) + TEXT;
  expect(pieces(new TextEncoder().encode(late), 7)).toBe(late);
  expect(pieces(latin1(late), 512)).toBe(late);
});
