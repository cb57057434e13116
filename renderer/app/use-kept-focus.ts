import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** Puts the focus on the screen when going there has removed what had it; otherwise the next Tab would begin at the very top. */
export function useKeptFocus<Element extends HTMLElement>() {
  const place = useRef<Element>(null);
  const [location] = useLocation();
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === null || document.activeElement === document.body)
        place.current?.focus({ preventScroll: true });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [location]);
  return place;
}
