import type { Diagnosis } from '../../contract/diagnosis.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { DIAGNOSIS_WORDS } from './diagnosis-words.ts';
import type { DiagnosisCode } from './diagnosis-words.ts';
import { MAX_WAIT_MS } from './retry-after.ts';
import { pushServiceName } from '../push-services/push-service.ts';
import { contactProblem } from '../keys/subject.ts';
import { visibleText } from '../text/visible-text.ts';
import { formatStatus } from '../text/http-status.ts';

/** What is known besides the code. */
export interface DiagnosisContext {
  service: PushServiceId;
  /** Status of the answer, `null` when none came. */
  status: number | null;
  /** The contact of the key pair that signed, where it is known: a refused token is then blamed on it if it is at fault. */
  subject?: string | null;
  /** The reason that the answer gave (`wordsOf`); `null`: it gave none; left out: not known here. */
  said?: string | null | undefined;
  /** How long the answer asked to wait, in ms; `null` or left out: not known, or it did not say. */
  waitMs?: number | null;
  /** The reason that one of many answers gave; `null`: not known, or it gave none. */
  example?: string | null;
}

/**
 * The words for a code: what happened and why, what to do next, and what a button beside it leads to. What the push service itself says is
 * quoted, so that no sentence of ours overrides it.
 *
 * @param code as kept in the store; for an unknown one the words say that it is not recognised
 */
export function describeDiagnosis(code: string, context: DiagnosisContext): Diagnosis {
  const known = isDiagnosisCode(code) ? code : 'not-recognised';
  const { cause, cure, action, unsaid, lead = '{service} says:' } = wordsFor(known);
  const { said, example = null, subject = null, waitMs = null } = context;
  const isToken = known === 'apple-token-refused';
  const last = example === null ? lastWords(said, lead, unsaid) : `One answer: ${quoted(example)}`;
  const told = isToken && subject !== null ? blameSubject(cause, subject) : cause;
  const limit = known === 'payload-too-large' ? limitIn(said ?? example) : undefined;
  const words = said ?? example;
  // What our own sentence already names need not be said twice.
  const isNamed = told.includes(`(${words ?? ''})`);
  const wait = waitMs === null || waitMs <= 0 ? null : waitInWords(waitMs);
  const asked =
    wait === null || told.includes('{wait}') || !WAIT.test(cure)
      ? undefined
      : `{service} asks to wait ${wait}.`;
  const sentences = [told.replace('{wait}', wait ?? 'too long'), limit, asked, isNamed ? undefined : last];
  return {
    code,
    cause: sentences.flatMap((text) => (text === undefined ? [] : [fill(text, known, context)])).join(' '),
    cure: fill(wait === null ? cure : cure.replace(WAIT, `Wait ${wait}`), known, context),
    action,
  };
}

/** In a cure: for as long as nobody knows how long. */
const WAIT = /\bWait (?:a while|a few minutes)\b/;

/** Rounded up, because less would be too early. */
function waitInWords(ms: number): string {
  if (ms >= MAX_WAIT_MS) return 'a day or longer';
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return counted(seconds, 'second');
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? counted(minutes, 'minute') : counted(Math.ceil(minutes / 60), 'hour');
}

const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;

function lastWords(said: string | null | undefined, lead: string, unsaid: string | undefined) {
  if (said === null) return unsaid;
  return said === undefined ? undefined : `${lead} ${quoted(said)}`;
}

function wordsFor(code: DiagnosisCode): {
  cause: string;
  cure: string;
  action: Diagnosis['action'];
  unsaid?: string;
  lead?: string;
} {
  return DIAGNOSIS_WORDS[code];
}

function isDiagnosisCode(code: string): code is DiagnosisCode {
  return Object.hasOwn(DIAGNOSIS_WORDS, code);
}

function blameSubject(cause: string, subject: string): string {
  return `${contactProblem(subject)?.cause ?? cause} The contact in use is ${visibleText(subject)}.`;
}

/** One full stop at the end, within the quotation or after it. */
function quoted(said: string): string {
  return /[.!?…]$/.test(said) ? `“${said}”` : `“${said}”.`;
}

/** The size that a service names: for phones that Mozilla reaches through another service it is smaller than the standard's. */
function limitIn(said: string | null | undefined): string | undefined {
  const [, bytes] = /limit\w*\D{0,12}(\d{3,6}) ?bytes/i.exec(said ?? '') ?? [];
  return bytes === undefined
    ? undefined
    : `It accepts at most ${Number(bytes).toLocaleString('en')} bytes for this device.`;
}

function fill(text: string, code: DiagnosisCode, { service, status }: DiagnosisContext): string {
  const shown = status === null ? '' : ` (HTTP ${code === 'not-recognised' ? formatStatus(status) : status})`;
  const filled = text.replaceAll('{service}', pushServiceName(service)).replaceAll(' (HTTP {status})', shown);
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}
