import { createContext, use, useState, type ReactNode } from 'react';

const KeptContext = createContext<Map<string, unknown>>(new Map());

/** Holds what screens keep while they are away; ends with the window. */
export function KeptProvider({ children }: { children: ReactNode }) {
  const [kept] = useState(() => new Map<string, unknown>());
  return <KeptContext value={kept}>{children}</KeptContext>;
}

/** A state that is still there when its screen comes back. The name says whose it is; nobody else uses it meanwhile. */
export function useKept<Value>(name: string, initial: Value): [Value, (next: Value) => void] {
  const kept = use(KeptContext);
  const [value, setValue] = useState(() => (kept.has(name) ? (kept.get(name) as Value) : initial));
  const become = (next: Value) => {
    kept.set(name, next);
    setValue(next);
  };
  return [value, become];
}

/** The same for what affects nothing on screen, such as how far a list is scrolled. */
export function useKeptNote<Value>(name: string, initial: Value) {
  const kept = use(KeptContext);
  const [note] = useState(() => ({
    read: (): Value => (kept.has(name) ? (kept.get(name) as Value) : initial),
    write: (next: Value) => {
      kept.set(name, next);
    },
  }));
  return note;
}
