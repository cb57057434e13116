import type { Diagnosis } from '../../contract/diagnosis.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { DIAGNOSIS_WORDS } from './diagnosis-words.ts';
import type { DiagnosisCode } from './diagnosis-words.ts';
import { pushServiceName } from '../push-services/push-service.ts';
import { checkSubject } from '../keys/subject.ts';

/**
 * The words for a code: what happened and why, what to do next, and what a button beside it leads to.
 *
 * @param code as kept in the store; one that is not known is said to be not recognised
 * @param context `status`: of the answer, `null` when none came; `subject`: the contact of the key pair that signed,
 * where it is known: a refused token is then blamed on it if it deserves that
 */
export function describeDiagnosis(
  code: string,
  context: { service: PushServiceId; status: number | null; subject?: string | null },
): Diagnosis {
  const known = isDiagnosisCode(code) ? code : 'not-recognised';
  const { cause, cure, action } = DIAGNOSIS_WORDS[known];
  const blamed = known === 'apple-token-refused' ? blameSubject(context.subject ?? null) : null;
  return { code, cause: fill(blamed ?? cause, context), cure: fill(cure, context), action };
}

function isDiagnosisCode(code: string): code is DiagnosisCode {
  return Object.hasOwn(DIAGNOSIS_WORDS, code);
}

function blameSubject(subject: string | null): string | null {
  const checked = subject === null ? null : checkSubject(subject);
  return checked === null || checked.kind === 'ok' ? null : checked.problem.cause;
}

function fill(text: string, context: { service: PushServiceId; status: number | null }): string {
  const filled = text
    .replaceAll('{service}', pushServiceName(context.service))
    .replaceAll(' (HTTP {status})', context.status === null ? '' : ` (HTTP ${context.status})`);
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}
