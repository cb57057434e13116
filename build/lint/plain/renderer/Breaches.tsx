/* One breach of each rule that the linter asks of the window. */
import { useEffect, useMemo, useRef, useState } from 'react';

let count = 0;

export function Conditional({ on }: { on: boolean }) {
  if (on) useState(0); // breach: rules-of-hooks
  return null;
}

export function Effects({ id, load }: { id: string; load: (id: string) => void }) {
  useEffect(() => load(id), []); // breach: exhaustive-deps
  return null;
}

export function Inner() {
  const Part = () => <p />;
  return <Part />; // breach: static-components
}

export function Memo({ id }: { id: string }) {
  const value = useMemo((one) => one + id, [id]); // breach: use-memo
  return <p>{value}</p>;
}

export function Manual({ on, box }: { on: boolean; box: { name: string } }) {
  let shown = box;
  if (on) shown = { name: 'x' };
  const value = useMemo(() => shown.name.length, [shown]); // breach: preserve-manual-memoization
  shown = { name: 'y' }; // breach: immutability
  return (
    <p>
      {value}
      {shown.name}
    </p>
  );
}

export function Mutable(props: { list: string[] }) {
  props.list[0] = 'x'; // breach: immutability
  return <p>{props.list}</p>;
}

export function Global() {
  count = 1; // breach: globals
  return <p>{count}</p>;
}

export function Refs() {
  const ref = useRef(1);
  return <p>{ref.current}</p>; // breach: refs
}

export function SetsInEffect() {
  const [state, setState] = useState(0);
  useEffect(() => {
    setState(1); // breach: set-state-in-effect
  }, []);
  return <p>{state}</p>;
}

export function Catches() {
  try {
    return <p />; // breach: error-boundaries
  } catch {
    return null;
  }
}

export function Impure() {
  return <p>{Math.random()}</p>; // breach: purity
}

export function SetsInRender() {
  const [state, setState] = useState(0);
  setState(1); // breach: set-state-in-render
  return <p>{state}</p>;
}

export function Unsupported({ code }: { code: string }) {
  return <p>{eval(code)}</p>; // breach: unsupported-syntax
}
