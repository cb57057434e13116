import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useIsRemote, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { toast } from '../../ui/toast.ts';

/** Asks for the password of the key ring; there only while it is locked, or being asked for, on this machine. */
export function UnlockButton() {
  const { app, keys } = useQueries();
  const isRemote = useIsRemote();
  const info = useQuery(app.info.queryOptions());
  const unlock = useMutation(
    keys.unlock.mutationOptions({
      onSuccess: (pairs) => {
        if (pairs.some(({ privateHalf }) => privateHalf === 'locked')) toast('The key ring is still locked.');
      },
      onError: (error) => {
        const { cause, cure } = problemOf(error);
        toast(`${cause} ${cure}`);
      },
    }),
  );
  const state = info.data?.keyRing;
  if (isRemote || (state !== 'locked' && state !== 'asking')) return null;
  return (
    <Button
      size="xs"
      loading={unlock.isPending || state === 'asking'}
      onClick={() => {
        unlock.mutate(undefined);
      }}
    >
      Unlock key ring
    </Button>
  );
}
