import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { DraftContent } from '../../../electron/contract/drafts.ts';
import { problemOf } from '../../api/problem-of.ts';
import { useDrafts } from '../../compose-draft/use-draft.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { toast } from '../../ui/toast.ts';

/** Opens a copy of something that was sent as a new draft in Compose. */
export function useDuplicate() {
  const [, navigate] = useLocation();
  const { begin } = useDrafts();
  const { mutate, isPending } = useMutation({
    mutationFn: (content: Partial<DraftContent>) => begin(content),
    onSuccess() {
      navigate(SCREENS.compose.path);
    },
    onError(error) {
      const { cause, cure } = problemOf(error);
      toast(`${cause} ${cure}`);
    },
  });
  return { duplicate: mutate, isPending };
}
