import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { isKeyOfAnother } from './key-target.ts';

/** What can be taken back now, by its toast, the latest last. */
const offered = new Map<string, () => void>();

/** Says what was done and offers to take it back for a while: as long as the window keeps toasts that set no time. */
export function undoToast(message: string, undo: () => void): void {
  const takeBack = () => {
    notifications.hide(id);
    undo();
  };
  const id = notifications.show({
    message: (
      <span className="pd-undo">
        <span>{message}</span>
        <Button size="xs" variant="default" onClick={takeBack}>
          Undo
        </Button>
      </span>
    ),
    withBorder: true,
    onClose: () => void offered.delete(id),
  });
  offered.set(id, takeBack);
}

/**
 * Ctrl+Z takes back what the latest toast offers to. Outside fields it does nothing else: the window itself would bring back a text into a
 * field that one has left, such as the last search, and with it another list.
 */
export function useUndoKey(): void {
  useHotkeys(
    [
      [
        'mod+Z',
        (event) => {
          if (isKeyOfAnother(event)) return;
          event.preventDefault();
          [...offered.values()].at(-1)?.();
        },
        { preventDefault: false },
      ],
    ],
    [],
  );
}
