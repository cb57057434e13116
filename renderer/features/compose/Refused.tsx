import { useEffect, useRef, type ReactNode } from 'react';

/** Where a press that did nothing is answered: in view, and with the focus at each press. */
export function Refused({ presses, children }: { presses: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, [presses]);
  return (
    <div ref={place} tabIndex={-1} className="pd-compose__refused">
      {children}
    </div>
  );
}
