import { useForm } from '@mantine/form';
import type { Problem } from '../../../electron/contract/problem.ts';
import { checkSubject } from '../../../electron/core/subject.ts';
import { completeContact } from './complete-contact.ts';

export interface KeyFormValues {
  name: string;
  subject: string;
}

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
  const check = checkSubject(form.values.subject);
  const warning = check.kind === 'warning' ? check.problem : null;

  return {
    form,
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
