import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import './form-section.css';

interface FoldSectionProps {
  title: string;
  /** What is in it, in a few words, while it is folded; left out: nothing is. */
  summary?: string | undefined;
  note?: string;
  /** It must be seen: one of its fields is wrong. */
  hasError: boolean;
  children: ReactNode;
}

/** Fields that few need, folded until something is in them. */
export function FoldSection({ title, summary, note, hasError, children }: FoldSectionProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(summary !== undefined);
  // Once mended it stays open: the person is working in it.
  if (hasError && !isOpen) setIsOpen(true);
  return (
    <section className="pd-form-section" aria-labelledby={id}>
      <h2 className="pd-form-section__title">
        <UnstyledButton
          id={id}
          className="pd-fold"
          aria-expanded={isOpen}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          <IconChevronRight className="pd-fold__mark" size={16} aria-hidden />
          {title}
        </UnstyledButton>
        {!isOpen && summary !== undefined && <span className="pd-form-section__note">{summary}</span>}
        {isOpen && note !== undefined && <span className="pd-form-section__note">{note}</span>}
      </h2>
      {isOpen && <div className="pd-form-section__fields">{children}</div>}
    </section>
  );
}
