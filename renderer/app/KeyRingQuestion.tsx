import { useQuery } from '@tanstack/react-query';
import { useQueries } from '../api/ApiProvider.tsx';
import { Notice } from '../ui/Notice.tsx';

/** Says on every screen what the system is asking for, and what waits for the answer. */
export function KeyRingQuestion() {
  const { data } = useQuery(useQueries().app.info.queryOptions());
  if (data?.keyRing !== 'asking') return null;
  return (
    <Notice
      tone="warn"
      role="status"
      cause="Waiting for your key ring."
      cure="Enter its password in the window that your system shows. Keys that it seals can’t sign messages until then."
    />
  );
}
