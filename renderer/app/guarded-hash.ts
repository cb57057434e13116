import { useSyncExternalStore } from 'react';
import type { BaseLocationHook } from 'wouter';
import { navigate as goTo } from 'wouter/use-hash-location';
import type { LeaveGuard } from '../ui/leave-guard.ts';

/** Where the window is, by the fragment of its address. */
export interface GuardedHash {
  /** For the router; the question of leaving has been settled by the time it navigates. */
  readonly hook: BaseLocationHook;
  /** Follows what changes the fragment otherwise: the menu, back and forward, a link from outside. Returns a function that stops it. */
  follow(): () => void;
}

const there = () => `/${location.hash.replace(/^#?\/?/, '')}`;

/**
 * A way out that does not begin in the page has changed the address before anybody could ask. If something stands in the way, the address
 * is put back until the person has answered; meanwhile the screen stays as it is.
 */
export function createGuardedHash(guard: LeaveGuard): GuardedHash {
  let current = there();
  let isOwn = false;
  const listeners = new Set<() => void>();

  const accept = () => {
    current = there();
    for (const listener of listeners) listener();
  };
  const navigate: typeof goTo = (to, options) => {
    isOwn = true;
    try {
      goTo(to, options);
    } finally {
      isOwn = false;
    }
    accept();
  };
  const onChange = () => {
    const wanted = there();
    if (isOwn || wanted === current) return;
    guard.leave(() => {
      if (there() === wanted) accept();
      else navigate(wanted);
    });
    if (current !== wanted) history.replaceState(history.state, '', `#${current}`);
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  const useGuardedHash = () => [useSyncExternalStore(subscribe, () => current), navigate] as const;

  return {
    hook: Object.assign(useGuardedHash as unknown as BaseLocationHook, {
      hrefs: (href: string) => `#${href}`,
    }),
    follow() {
      current = there();
      window.addEventListener('hashchange', onChange);
      return () => {
        window.removeEventListener('hashchange', onChange);
      };
    },
  };
}
