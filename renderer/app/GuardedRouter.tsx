import { useState, type ComponentProps } from 'react';
import { Router } from 'wouter';
import { createLeaveGuard, LeaveGuardContext } from '../ui/leave-guard.ts';

/** A router that leaves a screen only when nothing on it stands in the way. */
export function GuardedRouter({ children, ...router }: ComponentProps<typeof Router>) {
  const [guard] = useState(createLeaveGuard);
  return (
    <LeaveGuardContext value={guard}>
      <Router
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
