import { decodeBase64, encodeBase64Url } from '../../text/base64url.ts';
import type { KeyProofs } from './key-proofs.ts';
import {
  wrappedHalves,
  type BrokenHalf,
  type HalfMend,
  type Material,
  type Point,
  type Scalar,
} from './material.ts';
import { hasStandIn } from './placeholder.ts';
import { hasBothCases, isRandomRun, isWord } from './random-run.ts';
import { isRestOf, repairsOf } from './repairs.ts';
import { shortPublicHalf } from './short-public-half.ts';

/** A private half with the public half derived from it. */
export interface MatchedPair {
  /** Unpadded base64url of 32 and of 65 bytes. */
  readonly privateKey: string;
  readonly publicKey: string;
  /** The text also has the public half, and it belongs to the private one. */
  readonly isProven: boolean;
  /** Its form, its name or a public half says that it is a private half, not only its length. */
  readonly isSaid: boolean;
  readonly mends: readonly HalfMend[];
  /** Its position in the text. */
  readonly start: number;
}

/** Why a text with a private half gives no pair. */
export type Mismatch =
  | { kind: 'differ'; publicKey: string; derived: string }
  | { kind: 'public-broken'; bytes: number }
  | { kind: 'other-curve' }
  | { kind: 'several-unnamed'; count: number }
  | { kind: 'in-block' }
  | { kind: 'cut-public' }
  | { kind: 'named-public' }
  | { kind: 'named-otherwise' };

export interface Pairing {
  readonly pairs: readonly MatchedPair[];
  /** Public halves without a private one. */
  readonly lonePoints: readonly string[];
  readonly mismatch: Mismatch | null;
  /** Positions of private halves that have no public one, beside pairs that are proved. */
  readonly lonePrivates: readonly number[];
}

/** How many derivations one text may cost: a tenth of a second. */
const MAX_DERIVATIONS = 8_000;

/** Finds which halves belong together: a pair is proved if the private half derives the public one, whatever they are called. */
export function pairUp(material: Material, proofs: KeyProofs): Pairing {
  const derive = limited(proofs);
  const points = new Map<string, Point>();
  for (const point of material.points) {
    const key = encodeBase64Url(point.bytes);
    const known = points.get(key);
    if (known === undefined || known.name === 'subscription') points.set(key, point);
  }
  const found = new Map<string, MatchedPair>();
  const certain = new Map<string, MatchedPair>();
  const prove = (scalar: Scalar) => {
    const publicKey = derive(scalar.bytes);
    if (publicKey === null) return;
    const point = points.get(publicKey);
    if (point !== undefined) keep(found, pairOf(scalar, publicKey, point));
    else if (scalar.isCertain)
      keep(certain, {
        ...pairOf(scalar, publicKey, null),
        isProven: scalar.point !== null || scalar.mends.includes('damaged-structure'),
      });
  };
  for (const scalar of material.scalars) prove(scalar);

  /** Public halves for which no private one was found; those of subscriptions have none here. */
  const lone = () =>
    [...points].filter(
      ([key, { name, needsProof }]) => name !== 'subscription' && !needsProof && !found.has(key),
    );

  if (found.size === 0 || lone().length > 0) {
    for (const half of proveWrapped(material, points, proofs)) prove(half);
  }
  if (lone().length > 0) {
    const used = new Set([...found.values()].map(({ privateKey }) => privateKey));
    proveRepairs(material, { lone: new Set(lone().map(([key]) => key)), used }, derive, prove);
  }

  const lonePoints = lone().map(([key]) => key);
  if (found.size > 0) {
    const embedded = [...certain.values()].filter(
      ({ isProven, publicKey }) => isProven && !found.has(publicKey),
    );
    const pairs = inOrder([...found.values(), ...embedded]);
    return { pairs, lonePoints, mismatch: null, lonePrivates: lonePrivatesIn(material, pairs) };
  }
  return {
    ...withoutProof(material, { certain: [...certain.values()], lonePoints }, derive),
    lonePrivates: [],
  };
}

/** Other readings of the same value begin a few characters away from it. */
const SAME_PLACE = 8;

/** Values that are private halves by their name or form and are in no pair. */
function lonePrivatesIn(material: Material, pairs: readonly MatchedPair[]): number[] {
  const known = new Set(pairs.map(({ privateKey }) => privateKey));
  const taken = material.scalars.filter(({ bytes }) => known.has(encodeBase64Url(bytes)));
  const isTaken = ({ start }: Scalar) => taken.some((one) => Math.abs(one.start - start) < SAME_PLACE);
  const lone = new Map<string, number>();
  for (const scalar of material.scalars) {
    const { bytes, name, isCertain, needsProof, isInBlock, base64, start } = scalar;
    const isSaid = isCertain || (name === 'private' && !needsProof && !isInBlock && isRandom(base64));
    const key = encodeBase64Url(bytes);
    if (isSaid && !known.has(key) && !isTaken(scalar) && !lone.has(key)) lone.set(key, start);
  }
  return [...lone.values()];
}

type Derive = (scalar: Uint8Array) => string | null;

function limited(proofs: KeyProofs): Derive {
  const known = new Map<string, string | null>();
  return (scalar) => {
    const key = encodeBase64Url(scalar);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= MAX_DERIVATIONS) return null;
    const point = proofs.derivePublicKey(scalar);
    const publicKey = point === null ? null : encodeBase64Url(point);
    known.set(key, publicKey);
    return publicKey;
  };
}

function pairOf(scalar: Scalar, publicKey: string, point: Point | null): MatchedPair {
  const isSwapped = point !== null && scalar.name === 'public' && point.name === 'private';
  return {
    privateKey: encodeBase64Url(scalar.bytes),
    publicKey,
    isProven: point !== null,
    isSaid: point !== null || scalar.isCertain || scalar.name === 'private',
    mends: [...scalar.mends, ...(point?.mends ?? []), ...(isSwapped ? (['swapped'] as const) : [])],
    start: Math.min(scalar.start, point?.start ?? scalar.start),
  };
}

/** Of several readings of a pair, the one with the fewest repairs stays. */
function keep(pairs: Map<string, MatchedPair>, pair: MatchedPair): void {
  const known = pairs.get(pair.publicKey);
  if (known === undefined || pair.mends.length < known.mends.length) pairs.set(pair.publicKey, pair);
}

const inOrder = (pairs: MatchedPair[]) => pairs.sort((one, other) => one.start - other.start);

/** Adds public halves that are in pieces, and returns private ones that are. */
function proveWrapped(material: Material, points: Map<string, Point>, proofs: KeyProofs): Scalar[] {
  const scalars: Scalar[] = [];
  for (const { bytes, name, start, base64, mend } of wrappedHalves(material.text)) {
    if (bytes.length === 32) {
      scalars.push({
        bytes,
        name,
        start,
        base64,
        point: null,
        isCertain: false,
        isInBlock: false,
        needsProof: true,
        mends: [mend],
      });
    } else if (proofs.isPointOnCurve(bytes) && !points.has(encodeBase64Url(bytes))) {
      points.set(encodeBase64Url(bytes), { bytes, name, start, needsProof: false, mends: [mend] });
    }
  }
  material.scalars.push(...scalars.filter((scalar) => isAlone(material.text, scalar)));
  // A public half that has just been put together may belong to a private half that was whole.
  return [...material.scalars, ...scalars];
}

/** Tries the possible originals of a damaged private half against the public halves that lack a private one. */
function proveRepairs(
  material: Material,
  { lone, used }: { lone: ReadonlySet<string>; used: ReadonlySet<string> },
  derive: Derive,
  prove: (scalar: Scalar) => void,
): void {
  const damaged = [
    ...material.scalars.filter(
      ({ base64, needsProof, name, bytes }) =>
        base64 !== null &&
        !needsProof &&
        (name === 'private' || name === 'none') &&
        !used.has(encodeBase64Url(bytes)),
    ),
    ...material.broken.filter(({ name, bytes }) => name === 'private' && bytes > 28 && bytes < 36),
  ].slice(0, 4);
  for (const { base64, start } of damaged) {
    for (const bytes of repairsOf(base64 ?? '')) {
      const publicKey = bytes.length === 32 ? derive(bytes) : null;
      if (publicKey === null || !lone.has(publicKey)) continue;
      const original: Scalar = {
        bytes,
        start,
        base64,
        name: 'private',
        point: null,
        isCertain: false,
        isInBlock: false,
        needsProof: true,
        mends: ['edited'],
      };
      material.scalars.push(original);
      prove(original);
      break;
    }
  }
}

/** No public half in the text belongs to a private one: the names of the values, and how many there are, have to decide. */
function withoutProof(
  material: Material,
  { certain, lonePoints }: { certain: MatchedPair[]; lonePoints: string[] },
  derive: Derive,
): Omit<Pairing, 'lonePrivates'> {
  const none = (mismatch: Mismatch | null): Omit<Pairing, 'lonePrivates'> => ({
    pairs: [],
    lonePoints,
    mismatch,
  });
  const loose = material.scalars.filter(({ isCertain }) => !isCertain);
  const pairsOf = (scalars: readonly Scalar[]): MatchedPair[] => {
    const pairs = new Map<string, MatchedPair>();
    for (const scalar of scalars) {
      const publicKey = derive(scalar.bytes);
      if (publicKey !== null) keep(pairs, pairOf(scalar, publicKey, null));
    }
    return [...pairs.values()];
  };
  const named = pairsOf(
    loose.filter(({ name, needsProof, base64 }) => name === 'private' && !needsProof && isRandom(base64)),
  );
  const nameless = loose.filter(
    ({ name, needsProof, base64 }) => name === 'none' && !needsProof && isRandom(base64),
  );
  const inPieces = loose.filter(({ mends }) => mends.includes('wrapped'));
  const wrapped = pairsOf(inPieces);
  const namedWrapped = pairsOf(inPieces.filter(({ name }) => name === 'private'));
  // Where a private half is named and is not there, no other value is meant.
  const isNamedElsewhere = hasStandIn(material.text) || material.broken.some(isBrokenPrivate);
  const unnamed = isNamedElsewhere ? [] : pairsOf(nameless.filter((scalar) => !maybeCutPoint(scalar)));
  const own = [certain, named, namedWrapped, unnamed, wrapped].find((pairs) => pairs.length > 0) ?? [];
  const [first, ...others] = own;

  if (first === undefined) {
    if (lonePoints.length === 0 && nameless.some(maybeCutPoint)) return none({ kind: 'cut-public' });
    if (loose.some(({ name, needsProof }) => name === 'public' && !needsProof))
      return none({ kind: 'named-public' });
    const isOther = loose.some(({ name, needsProof }) => name === 'other' && !needsProof);
    return none(isOther && lonePoints.length === 0 ? { kind: 'named-otherwise' } : null);
  }
  const [lonePoint] = lonePoints;
  if (lonePoint !== undefined)
    return none({ kind: 'differ', publicKey: lonePoint, derived: first.publicKey });
  if (own === unnamed && others.length > 0) return none({ kind: 'several-unnamed', count: own.length });
  const isPart =
    nameless.some(({ isInBlock }) => isInBlock) || material.lines.length > 0 || material.damaged !== null;
  if (own === unnamed && isPart) return none(material.damaged === null ? { kind: 'in-block' } : null);
  return checkedByRest(material, own, none);
}

/** A damaged public half still shows whether the private one belongs to it. */
function checkedByRest(
  material: Material,
  pairs: MatchedPair[],
  none: (mismatch: Mismatch) => Omit<Pairing, 'lonePrivates'>,
): Omit<Pairing, 'lonePrivates'> {
  // Hex is base64 too, by its letters.
  const isHex = ({ base64 }: BrokenHalf) => /^[\da-f]{64}$/i.test(base64);
  const rests = material.broken.filter((half) => isRestOfPublic(half) && !isHex(half));
  const [rest] = rests;
  const short = rest === undefined ? shortPublicHalf(material, pairs) : null;
  if (short !== null) return none(short);
  if (rest === undefined || pairs.some(({ isProven }) => isProven)) {
    return { pairs: inOrder(pairs), lonePoints: [], mismatch: null };
  }
  const proven = pairs.find(({ publicKey }) =>
    rests.some(({ base64 }) => isRestOf(base64, bytesOf(publicKey))),
  );
  if (proven === undefined) return none({ kind: 'public-broken', bytes: rest.bytes });
  return {
    pairs: [{ ...proven, isProven: true, mends: [...proven.mends, 'public-damaged'] }],
    lonePoints: [],
    mismatch: null,
  };
}

/** A public half begins with the byte 4: so a value that begins with it may be what is left of one, and nothing here says otherwise. */
const maybeCutPoint = ({ bytes, name }: Scalar): boolean => name === 'none' && bytes[0] === 4;

/** Values with `public` in their names are of many kinds: a short one has to begin like a public half. */
const isRestOfPublic = ({ name, base64 }: BrokenHalf): boolean =>
  name === 'public' && (base64.length >= 40 || (/^B[A-P]/.test(base64) && isRandom(base64)));

const bytesOf = (base64: string) => decodeBase64(base64) ?? new Uint8Array();

const isRandom = (base64: string | null) => base64 === null || hasBothCases(base64);

const isBrokenPrivate = ({ name, base64 }: BrokenHalf): boolean => name === 'private' && isRandomRun(base64);

/** An empty line, or one that begins with another name. */
const NEXT_PARAGRAPH = /\r?\n[ \t]{0,40}(?:\r?\n|(?=[\w."'-]{1,60}[ \t]{0,9}(?:=>|[:=])[ \t]{0,9}[^\s=]))/;

/** In characters: a half with what may be around it and in it. */
const MAX_ALONE = 80;

/** Whether the text, or what follows the name of a private half, consists only of this value, broken into a few pieces. */
function isAlone(text: string, { base64, name, start }: Scalar): boolean {
  const isNamed = name === 'private';
  const after = text.slice(start, start + 400);
  const rest = (isNamed ? (after.split(NEXT_PARAGRAPH)[0] ?? '') : text.slice(start)).trim();
  if (rest.length >= MAX_ALONE) return false;
  const isValue = rest.replaceAll(/[\s"'`\\=>|,;]/g, '') === base64;
  const isSentence =
    (!/\d/.test(rest) && rest.split(/[\s_-]+/).every(isWord)) ||
    !isRandom(base64) ||
    rest.split(/\s+/).some((piece) => piece.length < 8);
  return isValue && !isSentence && (isNamed || text.slice(0, start).trim().length < 60);
}
