import { Button } from '@mantine/core';
import type { Message } from '../../../electron/contract/message.ts';
import { useDuplicate } from './use-duplicate.ts';

/** Takes a message that was sent into a new draft; those that are there stay as they are. */
export function UseMessageAgain({ message }: { message: Message }) {
  const { duplicate, isPending } = useDuplicate();
  return (
    <Button
      variant="default"
      disabled={isPending}
      onClick={() => {
        duplicate({ message });
      }}
    >
      Use message again
    </Button>
  );
}
