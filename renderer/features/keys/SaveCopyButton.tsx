import { Button, type ButtonProps } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { KeyPairId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { toast } from '../../ui/toast.ts';

interface SaveCopyButtonProps {
  id: KeyPairId;
  onSaved?: () => void;
  look?: ButtonProps;
}

/** Writes both halves of a key pair to a file that the person picks. */
export function SaveCopyButton({
  id,
  onSaved,
  look = { size: 'xs', variant: 'default' },
}: SaveCopyButtonProps) {
  const save = useMutation(
    useQueries().keys.export.mutationOptions({
      onSuccess: ({ path }) => {
        if (path === null) return;
        toast(`Saved to ${path}. Anyone who has this file can send in your name.`);
        onSaved?.();
      },
      onError: (error) => {
        const { cause, cure } = problemOf(error);
        toast(`${cause} ${cure}`);
      },
    }),
  );
  return (
    <Button
      {...look}
      loading={save.isPending}
      onClick={() => {
        save.mutate({ id });
      }}
    >
      Save a copy
    </Button>
  );
}
