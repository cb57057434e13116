import { useState } from 'react';
import type { FieldErrors, MessageFields } from '../../compose-draft/composition.ts';
import { isFormField } from '../../words/message-fields.ts';
import { faultyFields } from './fields.ts';
import { SHOWN_BY_FIELDS, type SendStep } from './send-machine.ts';

interface RefusalsOptions {
  step: SendStep;
  fields: MessageFields;
  errors: FieldErrors;
}

/**
 * Why a press of Send or Rehearse did nothing, in one place that is in view and gets the focus. The fields to fix stay there until they are
 * right; whatever else prevents it goes with the next change.
 */
export function useRefusals({ step, fields, errors }: RefusalsOptions) {
  const [presses, setPresses] = useState(0);
  const isTitleMissing = step.kind === 'blocked' && fields.title.trim() === '';
  const against =
    step.kind === 'blocked' ? step.problems.filter(({ code }) => !SHOWN_BY_FIELDS.has(code)) : [];
  const blamed = Object.fromEntries(
    against.flatMap(({ field, cause, cure }) => (isFormField(field) ? [[field, `${cause} ${cure}`]] : [])),
  );
  const all: FieldErrors = { ...(isTitleMissing && { title: 'Write a title.' }), ...blamed, ...errors };
  const isFaulty = faultyFields(all).length > 0;
  const problems = against.filter(({ field }) => !isFormField(field));
  // Once all is right, a new fault is shown at its field alone until the next press.
  const isSettled = step.kind !== 'checking' && !isFaulty && problems.length === 0;
  if (presses > 0 && isSettled) setPresses(0);
  const isShown = presses > 0 && isFaulty;
  const isAny = isShown || problems.length > 0;

  return {
    /** What is wrong, by field. */
    errors: all,
    problems,
    /** Whether the fields to fix are listed. */
    isShown,
    /** Whether what is listed holds until they are right: what was found by the press goes with the next change. */
    isLasting: isShown && Object.keys(blamed).length === 0,
    isAny,
    /** How many presses in a row were refused. */
    presses,
    /** A press wants to go on: whatever prevents it is to be shown. */
    look: () => {
      setPresses((count) => count + 1);
    },
  };
}
