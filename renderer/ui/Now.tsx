import { createContext, use, useEffect, useState, type ReactNode } from 'react';

const NowContext = createContext(0);
const TICK_MS = 15_000;

/** One clock for every relative date on screen. */
export function NowProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return <NowContext value={now}>{children}</NowContext>;
}

/** Milliseconds since 1970, updated every 15 seconds. */
export const useNow = () => use(NowContext);
