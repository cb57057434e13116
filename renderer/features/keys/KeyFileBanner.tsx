import { useQuery } from '@tanstack/react-query';
import { useQueries } from '../../api/ApiProvider.tsx';
import { Notice } from '../../ui/Notice.tsx';

/** Says so as long as private keys rest in a file instead of the system's key ring. */
export function KeyFileBanner() {
  const { data } = useQuery(useQueries().app.info.queryOptions());
  if (data?.keyProtection !== 'file') return null;
  return (
    <Notice
      tone="warn"
      cause="This system has no key ring, so private keys rest in a file that only your user account can read."
      cure={
        <>
          <span className="pd-mono">{data.keyFile}</span>. Keep backups of it safe. Where a key ring appears,
          the keys move into its protection at the next start.
        </>
      }
    />
  );
}
