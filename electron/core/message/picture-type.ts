/** What a picture is, judged by its first bytes. */
export interface PictureType {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** In pixels. */
  width: number;
  height: number;
}

/** A picture takes four bytes per pixel once it is shown: 16 million pixels are 64 MB. */
const MAX_PIXELS = 16_000_000;

/**
 * Reads type and size of a picture in one of the formats that every browser shows in a notification. `null`: it is none of them, it is cut
 * short, or it would take too much memory to show.
 */
export function readPictureType(bytes: Uint8Array): PictureType | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const picture = png(view) ?? gif(view) ?? webp(view) ?? jpeg(view);
    if (picture === null || picture.width < 1 || picture.height < 1) return null;
    return picture.width * picture.height <= MAX_PIXELS ? picture : null;
  } catch (error) {
    // It ends before the part that gives its size.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** PNG (third edition) §5.2 and §11.2.1. */
function png(view: DataView): PictureType | null {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return null;
  if (view.getUint32(12) !== 0x49484452) return null;
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** GIF89a §17 and §18. */
function gif(view: DataView): PictureType | null {
  if (view.getUint32(0) !== 0x47494638 || ![0x3761, 0x3961].includes(view.getUint16(4))) return null;
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** RFC 9649 §2: lossy (`VP8 `), lossless (`VP8L`) or extended (`VP8X`). */
function webp(view: DataView): PictureType | null {
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250) return null;
  const size = (width: number, height: number): PictureType => ({ type: 'image/webp', width, height });
  switch (view.getUint32(12)) {
    case 0x56503820:
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 0x56503858: {
      const low24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
      return size(low24(24) + 1, low24(27) + 1);
    }
    default:
      return null;
  }
}

/** ITU T.81 annex B: skips from segment to segment until the frame header, which has the size. */
function jpeg(view: DataView): PictureType | null {
  if (view.getUint16(0) !== 0xffd8 || view.getUint8(2) !== 0xff) return null;
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    if (marker === 0xda || marker === 0xd9) return null;
    const hasLength = marker !== 0x01 && !(marker >= 0xd0 && marker <= 0xd8);
    at += 2 + (hasLength ? Math.max(view.getUint16(at + 2), 2) : 0);
  }
}
