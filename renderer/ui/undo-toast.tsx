import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says what was done and offers to take it back for a while: as long as the window keeps toasts that set no time. */
export function undoToast(message: string, undo: () => void): void {
  const id = notifications.show({
    message: (
      <span className="pd-undo">
        <span>{message}</span>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Button>
      </span>
    ),
    withBorder: true,
  });
}
