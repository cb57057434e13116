import { useEffect, useState } from 'react';

/** True once `on` has held for `delayMs`: a skeleton for data that is there in the blink of an eye would only flicker. */
export function useDelayed(on: boolean, delayMs = 150): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => {
      setLate(true);
    }, delayMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [on, delayMs]);
  return on && isLate;
}
