import { useId, type ReactNode } from 'react';
import './form-section.css';

/** Fields that belong together, under a small heading. */
export function FormSection({
  title,
  note,
  children,
}: {
  title: string;
  note?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="pd-form-section" aria-labelledby={id}>
      <h2 id={id} className="pd-form-section__title">
        {title}
        {note && <span className="pd-form-section__note">{note}</span>}
      </h2>
      <div className="pd-form-section__fields">{children}</div>
    </section>
  );
}
