import type { ReactNode } from 'react';
import './fact-list.css';

/** Names and values, one line each. */
export function FactList({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="pd-facts">
      {facts.map(([name, value]) => (
        <div key={name} className="pd-facts__row">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
