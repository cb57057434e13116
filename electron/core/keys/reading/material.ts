import { decodeBase64, encodeBase64Url } from '../../text/base64url.ts';
import { withoutArmour, type ArmourLine } from './armour.ts';
import { findForeign, type Foreign, type Stretch } from './foreign-keys.ts';
import type { KeyProofs } from './key-proofs.ts';
import { valuesIn, type TextValue } from './key-text-values.ts';
import { sshKeysIn } from './ssh-keys.ts';
import { structureOf, structuresIn, type Structure } from './structures.ts';
import { nameBefore, type ValueName } from './value-name.ts';

/** What was corrected in a half. */
export type HalfMend =
  | 'leading-zero'
  | 'missing-04'
  | 'compressed'
  | 'wrapped'
  | 'lost-plus'
  | 'edited'
  | 'damaged-structure'
  | 'public-damaged'
  | 'swapped';

/** 32 bytes that may be a private half. */
export interface Scalar {
  readonly bytes: Uint8Array;
  readonly name: ValueName;
  /** A structure says that it is a private key of P-256. */
  readonly isCertain: boolean;
  /** It is a key only if it derives a public half in the text. */
  readonly needsProof: boolean;
  /** The public half in the same structure. */
  readonly point: Uint8Array | null;
  readonly mends: readonly HalfMend[];
  readonly start: number;
  readonly base64: string | null;
  /** There are lines of base64 next to it: it may be one of them. */
  readonly isInBlock: boolean;
}

/** A point on P-256: its own proof. */
export interface Point {
  readonly bytes: Uint8Array;
  readonly name: ValueName;
  /** As likely chance as a point: it is one only if a private half derives it. */
  readonly needsProof: boolean;
  readonly mends: readonly HalfMend[];
  readonly start: number;
}

/** A value that has the name of a half but not its bytes. */
export interface BrokenHalf {
  readonly name: 'private' | 'public';
  readonly bytes: number;
  readonly base64: string;
  readonly start: number;
}

/** Everything in a text that may belong to a key pair. */
export interface Material {
  /** The text to which positions refer. */
  readonly text: string;
  readonly scalars: Scalar[];
  readonly points: Point[];
  readonly broken: BrokenHalf[];
  readonly foreign: Foreign[];
  readonly lines: ArmourLine[];
  isEncrypted: boolean;
  /** A structure that cannot be read. */
  damaged: { isShort: boolean } | null;
}

const SCALAR = 32;
const POINT = 65;
const COORDINATE = 32;
/** Texts within texts: base64 of base64url, of PEM, of JSON (Secrets of Kubernetes). */
const DEEPEST = 2;
const MAX_LAYERS = 24;
const ENCRYPTED = /Proc-Type:\s{0,9}4,\s{0,9}ENCRYPTED|BEGIN ENCRYPTED PRIVATE KEY/;

interface Layer {
  text: string;
  depth: number;
  /** The name and the position of the value that it came from. */
  outer: { name: ValueName; start: number } | null;
}

/** Gathers what a text holds, whatever it is called. */
export function gatherMaterial(text: string, proofs: KeyProofs): Material {
  const material: Material = {
    text,
    scalars: [],
    points: [],
    broken: [],
    foreign: [],
    lines: [],
    isEncrypted: false,
    damaged: null,
  };
  const layers: Layer[] = [{ text, depth: 0, outer: null }];
  for (let at = 0; at < layers.length; at += 1) {
    const layer = layers[at];
    if (layer !== undefined)
      layers.push(...readLayer(layer, material, proofs).slice(0, MAX_LAYERS - layers.length));
  }
  return material;
}

function readLayer(layer: Layer, material: Material, proofs: KeyProofs): Layer[] {
  const { text, lines } = withoutArmour(layer.text);
  const { found, stretches } = findForeign(layer.text, lines);
  material.lines.push(...lines);
  for (const foreign of found) addForeign(material, foreign);
  if (ENCRYPTED.test(layer.text)) material.isEncrypted = true;

  const structures = [...structuresIn(text, proofs), ...sshKeysIn(text, proofs)];
  const outside = valuesIn(text).filter(
    (value) => !isWithin(value, stretches) && !isWithin(value, structures),
  );
  const values = outside.filter(({ isMalformed }) => !isMalformed);
  const within: Layer[] = [];
  for (const value of values) {
    const structure = structureOf(value.bytes, value, proofs);
    if (structure !== null) structures.push(structure);
    else if (layer.depth < DEEPEST && value.base64 !== null) {
      const inner = asText(value.bytes);
      const outer = { name: layer.outer?.name ?? value.name, start: layer.outer?.start ?? value.start };
      if (inner !== null) within.push({ text: inner, depth: layer.depth + 1, outer });
    }
  }
  const place = (start: number) => layer.outer?.start ?? start;
  for (const structure of structures)
    addStructure(material, structure, nameBefore(text, structure.start), place);
  for (const value of values) addValue(material, named(value, layer.outer), place(value.start), proofs);
  for (const value of outside) {
    if (value.isMalformed) addBroken(material, named(value, layer.outer), place(value.start));
  }
  addCoordinates(material, values, place, proofs);
  return within;
}

const named = (value: TextValue, outer: Layer['outer']): TextValue =>
  outer === null || value.name !== 'none' ? value : { ...value, name: outer.name };

function addForeign(material: Material, foreign: Foreign): void {
  if (!material.foreign.some(({ name }) => name === foreign.name)) material.foreign.push(foreign);
}

function isWithin({ start, end }: Stretch, stretches: readonly Stretch[]): boolean {
  return stretches.some((stretch) => start < stretch.end && end > stretch.start);
}

function addStructure(
  material: Material,
  { content, start }: Structure,
  name: ValueName,
  place: (start: number) => number,
): void {
  const common = { name, start: place(start) };
  const certain = { ...common, base64: null, isInBlock: false, isCertain: true, needsProof: false };
  switch (content.kind) {
    case 'private-key':
      material.scalars.push({
        ...certain,
        bytes: content.scalar,
        point: content.point,
        mends: [],
      });
      return;
    case 'public-key':
      material.points.push({ ...common, bytes: content.point, needsProof: false, mends: [] });
      return;
    case 'encrypted':
      material.isEncrypted = true;
      return;
    case 'other':
      addForeign(material, { name: content.name, cure: null });
      return;
    case 'damaged':
      if (content.scalar === null) {
        material.damaged ??= { isShort: content.isShort };
        return;
      }
      material.scalars.push({
        ...certain,
        bytes: content.scalar,
        point: null,
        mends: ['damaged-structure'],
      });
  }
}

function addValue(material: Material, value: TextValue, start: number, proofs: KeyProofs): void {
  const { bytes, name, base64 } = value;
  const scalar = (part: Uint8Array, mends: readonly HalfMend[] = [], needsProof = false) => {
    const certainty = { needsProof, isCertain: false, isInBlock: value.isInBlock };
    material.scalars.push({ bytes: part, name, start, base64, mends, point: null, ...certainty });
  };
  const point = (part: Uint8Array, mends: readonly HalfMend[] = [], needsProof = false) => {
    const isPoint = proofs.isPointOnCurve(part);
    if (isPoint) material.points.push({ bytes: part, name, start, mends, needsProof });
    return isPoint;
  };
  const before = material.scalars.length + material.points.length;
  const { length } = bytes;
  if (length === SCALAR) scalar(bytes, [], value.isUncertain);
  else if (length >= SCALAR - 3 && length < SCALAR) scalar(padded(bytes), ['leading-zero'], true);
  else if (length === SCALAR + 1 && bytes[0] === 0) scalar(bytes.subarray(1));
  else if (length === SCALAR + 1 && (bytes[0] === 2 || bytes[0] === 3)) {
    const whole = proofs.expandPoint(bytes);
    if (whole !== null) point(whole, ['compressed'], name !== 'public');
  } else if (length === POINT) point(bytes);
  else if (length === POINT - 1) point(uncompressed(bytes), ['missing-04']);
  else if (length === POINT + 1 && bytes[0] === 0) point(bytes.subarray(1));
  else if (length === POINT + SCALAR) addGlued(bytes, scalar, point);
  else if (length === POINT - 1 + SCALAR && point(uncompressed(bytes.subarray(0, 64))))
    scalar(bytes.subarray(64));
  const isHalf = material.scalars.length + material.points.length > before;
  if (!isHalf || length < SCALAR) addBroken(material, value, start);
}

/** A value with the name of a half, or one that begins like a public half and has its length. */
function addBroken({ broken }: Material, { bytes, name, base64 }: TextValue, start: number): void {
  const isLikePoint = bytes.length === POINT && bytes[0] === 4 && name !== 'subscription';
  const half = isLikePoint ? 'public' : name;
  if (half !== 'private' && half !== 'public') return;
  if (base64 !== null) broken.push({ name: half, bytes: bytes.length, base64, start });
  else if (isLikePoint) broken.push({ name: half, bytes: POINT, base64: encodeBase64Url(bytes), start });
}

/** Both halves in one value, in either order. */
function addGlued(
  bytes: Uint8Array,
  scalar: (part: Uint8Array) => void,
  point: (part: Uint8Array) => boolean,
): void {
  if (point(bytes.subarray(0, POINT))) scalar(bytes.subarray(POINT));
  else if (point(bytes.subarray(SCALAR))) scalar(bytes.subarray(0, SCALAR));
}

/** Points that are written as two numbers: `x` and `y`, or one after the other, as programs print keys that have other names for them. */
function addCoordinates(
  material: Material,
  values: readonly TextValue[],
  place: (start: number) => number,
  proofs: KeyProofs,
): void {
  const isCoordinate = ({ bytes }: TextValue) =>
    bytes.length <= COORDINATE + 1 && bytes.length >= COORDINATE - 3;
  const xs = values.filter((value) => value.name === 'x' && isCoordinate(value)).slice(0, 50);
  const ys = values.filter((value) => value.name === 'y' && isCoordinate(value)).slice(0, 50);
  const inTurn = values.filter(isCoordinate).slice(0, 50);
  const pairs = [
    ...xs.flatMap((x) => ys.map((y) => [x, y] as const)),
    ...inTurn.flatMap((y, at) => {
      const x = inTurn[at - 1];
      return x === undefined ? [] : [[x, y] as const];
    }),
  ];
  for (const [x, y] of pairs) {
    const bytes = uncompressed(joined(padded(x.bytes), padded(y.bytes)));
    if (!proofs.isPointOnCurve(bytes)) continue;
    material.points.push({
      bytes,
      name: 'none',
      needsProof: false,
      mends: [],
      start: place(Math.min(x.start, y.start)),
    });
  }
}

function padded(bytes: Uint8Array): Uint8Array {
  if (bytes.length > COORDINATE) return bytes.subarray(bytes.length - COORDINATE);
  const whole = new Uint8Array(COORDINATE);
  whole.set(bytes, COORDINATE - bytes.length);
  return whole;
}

const uncompressed = (coordinates: Uint8Array) => joined(Uint8Array.of(4), coordinates);

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

/** A text that was encoded; `null` for bytes that are not text. */
function asText(bytes: Uint8Array): string | null {
  if (bytes.length < 40) return null;
  let text = '';
  for (const byte of bytes) {
    const isPrintable = (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
    if (!isPrintable) return null;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** A half that was found in pieces. */
export interface WrappedHalf {
  readonly base64: string;
  readonly bytes: Uint8Array;
  readonly name: ValueName;
  readonly start: number;
  readonly mend: 'wrapped' | 'lost-plus';
}

/** Pieces of one value that are apart: broken lines, blanks within, blanks that were plus signs. */
export function wrappedHalves(text: string): WrappedHalf[] {
  const bare = withoutArmour(text).text;
  const pieces = [...bare.matchAll(/[A-Za-z0-9+/_-]+/g)].slice(0, MAX_PIECES);
  const found: WrappedHalf[] = [];
  const add = (base64: string, start: number, mend: WrappedHalf['mend']) => {
    if (!WRAPPED_LENGTHS.has(base64.length)) return;
    const bytes = decodeBase64(base64);
    if (bytes === null || (base64.length > 44 && bytes[0] !== 4)) return;
    found.push({ base64, bytes, name: nameBefore(bare, start), start, mend });
  };
  for (const [first, piece] of pieces.entries()) {
    let letters = piece[0];
    let withPlus: string | null = letters;
    let end = piece.index + letters.length;
    for (let at = first + 1; at < first + MAX_IN_ONE && letters.length < 88; at += 1) {
      const next = pieces[at];
      const gap = next === undefined ? '' : bare.slice(end, next.index);
      if (next === undefined || !GAP.test(gap)) break;
      letters += next[0];
      withPlus = withPlus === null || gap !== ' ' ? null : `${withPlus}+${next[0]}`;
      end = next.index + next[0].length;
      add(letters, piece.index, 'wrapped');
      if (withPlus !== null) add(withPlus, piece.index, 'lost-plus');
    }
  }
  return found;
}

const MAX_PIECES = 20_000;
/** As many as a public half has in groups of four letters. */
const MAX_IN_ONE = 22;
const WRAPPED_LENGTHS: ReadonlySet<number> = new Set([43, 87]);
const GAP = /^[\s"'`\\=>|]{1,80}$/;
