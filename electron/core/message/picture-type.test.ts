import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPictureType } from './picture-type.ts';

/** Drawn by Chromium, 5 pixels wide and 3 high. */
const PICTURES: [string, string, string][] = [
  [
    'a PNG',
    'image/png',
    'iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAYAAABbNsX4AAAAAXNSR0IArs4c6QAAABNJREFUGFdj/M/A8J8BDTASLQgA7NAF/qfdB+UAAAAASUVORK5CYII=',
  ],
  [
    'a JPEG',
    'image/jpeg',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAADAAUDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQA1j/2Q==',
  ],
  [
    'a lossy WebP',
    'image/webp',
    'UklGRjQAAABXRUJQVlA4ICgAAACQAQCdASoFAAMAB0CWJaACdLoAA5gA/uUK+Cepco/+N48CvJdjoAAA',
  ],
  ['a lossless WebP', 'image/webp', 'UklGRh4AAABXRUJQVlA4TBEAAAAvBIAAEA8Q8x/zH4weRPQ/AAA='],
  [
    'an extended WebP',
    'image/webp',
    'UklGRkYAAABXRUJQVlA4WAoAAAAAAAAABAAAAgAAVlA4ICgAAACQAQCdASoFAAMAB0CWJaACdLoAA5gA/uUK+Cepco/+N48CvJdjoAAA',
  ],
  ['a GIF', 'image/gif', 'R0lGODlhBQADAIAAAP8AAAAAACH5BAAAAAAALAAAAAAFAAMAAAIEhI+pWAA7'],
];
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

describe('what a picture is', () => {
  it.each(PICTURES)('is told by the first bytes of %s', (_name, type, base64) => {
    expect(readPictureType(bytesOf(base64))).toEqual({ type, width: 5, height: 3 });
  });

  it.each(PICTURES)('is not told by %s that is cut short', (_name, _type, base64) => {
    const bytes = bytesOf(base64);
    for (let length = 0; length < 10; length += 1)
      expect(readPictureType(bytes.subarray(0, length))).toBeNull();
  });

  it.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', '%PDF-1.7', 'BM', 'GIF88a______', ''])(
    'is nothing for %j',
    (text) => {
      expect(readPictureType(new TextEncoder().encode(text))).toBeNull();
    },
  );

  it('is nothing for a picture that would take more memory than a preview is worth, or has no size', () => {
    const sized = (width: number, height: number) => {
      const bytes = bytesOf(PICTURES[0]?.[2] ?? '');
      const view = new DataView(bytes.buffer);
      view.setUint32(16, width);
      view.setUint32(20, height);
      return readPictureType(bytes);
    };
    expect(sized(4000, 4000)).not.toBeNull();
    expect(sized(4001, 4000)).toBeNull();
    expect(sized(0xffffffff, 0xffffffff)).toBeNull();
    expect(sized(0, 5)).toBeNull();
  });

  it('never throws and always ends, whatever comes', () => {
    const starts = fc.constantFrom(
      [],
      [0xff, 0xd8, 0xff],
      [0x47, 0x49, 0x46, 0x38],
      [0x52, 0x49, 0x46, 0x46],
    );
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 400 }), (start, rest) => {
        readPictureType(new Uint8Array([...start, ...rest]));
      }),
    );
  });
});
