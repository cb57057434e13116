import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import type { Problem } from '../../electron/contract/problem.ts';
import { Announced } from './Announced.tsx';

interface FormProps {
  /** What a press does; where a field is wrong it does nothing but mark the field. */
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  /** What the engine refused; where that belongs to a field, the field shows it. */
  problem?: Problem | null;
  className?: string;
  children: ReactNode;
}

/**
 * A form whose refused press leads to what is wrong: the first field that is marked gets the focus, and all of them are read out.
 * That also goes for what the engine finds wrong with a field after the press.
 */
export function Form({ onSubmit, problem = null, className, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [presses, setPresses] = useState(0);
  const [refusal, setRefusal] = useState({ text: '', count: 0 });
  useEffect(() => {
    if (form.current === null || presses === 0) return;
    const wrong = wrongFieldsOf(form.current);
    const words = wrong.length === 0 ? '' : fieldsToFix(wrong);
    setRefusal((last) => ({ text: words, count: last.count + 1 }));
    wrong[0]?.scrollIntoView({ block: 'center' });
    wrong[0]?.focus({ preventScroll: true });
  }, [presses, problem]);
  return (
    <form
      ref={form}
      noValidate
      className={className}
      onMouseDown={(event) => {
        // The field that loses the focus would be checked at once, and its error would push the button away from under the pointer: the
        // click would be lost.
        if (event.target instanceof Element && event.target.closest('button[type="submit"]'))
          event.preventDefault();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(event);
        setPresses((count) => count + 1);
      }}
    >
      {children}
      <Announced text={refusal.text} count={refusal.count} />
    </form>
  );
}

const wrongFieldsOf = (form: HTMLFormElement) => [
  ...form.querySelectorAll<HTMLElement>('[aria-invalid="true"]'),
];

function fieldsToFix(fields: readonly HTMLElement[]): string {
  const names = fields.map((field) => {
    const label =
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.labels : null;
    return label?.[0]?.textContent ?? field.getAttribute('aria-label') ?? '';
  });
  return `Fix ${fields.length === 1 ? '1 field' : `${fields.length} fields`}: ${names.join(', ')}.`;
}
