import { useLayoutEffect, useState, type ComponentProps } from 'react';
import { Router } from 'wouter';
import { createLeaveGuard, LeaveGuardContext } from '../ui/leave-guard.ts';
import { createGuardedHash } from './guarded-hash.ts';

/**
 * A router that leaves a screen only when nothing on it stands in the way, whatever leads out of it.
 *
 * Without a hook it shows what the fragment of the window's address says.
 */
export function GuardedRouter({ children, ...router }: ComponentProps<typeof Router>) {
  const [{ guard, hash }] = useState(() => {
    const own = createLeaveGuard();
    return { guard: own, hash: createGuardedHash(own) };
  });
  useLayoutEffect(() => hash.follow(), [hash]);
  return (
    <LeaveGuardContext value={guard}>
      <Router
        hook={hash.hook}
        {...router}
        aroundNav={(navigate, to, options) => {
          guard.leave(() => {
            navigate(to, options);
          });
        }}
      >
        {children}
      </Router>
    </LeaveGuardContext>
  );
}
