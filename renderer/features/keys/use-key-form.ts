import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { Problem } from '../../../electron/contract/problem.ts';
import { problemOf } from '../../api/problem-of.ts';
import { checkSubject } from '../../../electron/core/keys/subject.ts';
import { completeContact } from './complete-contact.ts';

export interface KeyFormValues {
  name: string;
  subject: string;
}

const isField = (name: string | undefined): name is keyof KeyFormValues =>
  name === 'name' || name === 'subject';
const sentence = (problem: Problem) => `${problem.cause} ${problem.cure}`;

/** Name and contact of a key pair; the contact is judged as soon as the field is left. */
export function useKeyForm(initial: KeyFormValues) {
  const form = useForm<KeyFormValues>({
    mode: 'controlled',
    initialValues: initial,
    validateInputOnBlur: true,
    validate: {
      name: (name) => (name.trim() === '' ? 'Give it a name, so that you can tell it from others.' : null),
      subject: (subject) => {
        const check = checkSubject(completeContact(subject));
        return check.kind === 'refused' ? sentence(check.problem) : null;
      },
    },
    transformValues: ({ name, subject }) => ({
      name: name.trim(),
      subject: completeContact(subject).trim(),
    }),
  });
  const [refused, setRefused] = useState<Problem | null>(null);
  const check = checkSubject(form.values.subject);
  const warning = check.kind === 'warning' ? check.problem : null;

  return {
    form,
    /** What the engine refused, whether a field shows it or not. */
    refused,
    /** The same where no field shows it. */
    problem: refused !== null && isField(refused.field) ? null : refused,
    /** To be given the outcome of each call to the engine: what it says about a field is shown at the field. */
    takeRefusal: (error: unknown) => {
      const next = error === null ? null : problemOf(error);
      setRefused(next);
      if (next !== null && isField(next.field)) form.setFieldError(next.field, sentence(next));
    },
    /** What a push service would refuse although it is well formed. */
    warning,
    /** To be called when the contact is left: completes a bare address before it is judged. */
    leaveContact: () => {
      const completed = completeContact(form.values.subject);
      if (completed !== form.values.subject) form.setFieldValue('subject', completed);
      if (form.values.subject.trim() !== '') form.validateField('subject');
    },
  };
}
export type KeyForm = ReturnType<typeof useKeyForm>;
