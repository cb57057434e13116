import { useEffect, useState } from 'react';

/**
 * Whether the way to this screen asked it to start with something, as in `navigate('/keys', { state: { ask: 'generate' } })`.
 * Asked once: going back or reloading does not ask again.
 */
export function useAsked(what: string): boolean {
  const [asked] = useState(() => readAsk() === what);
  useEffect(() => {
    if (readAsk() !== null) history.replaceState(null, '');
  }, []);
  return asked;
}

function readAsk(): unknown {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'ask' in state ? state.ask : null;
}
