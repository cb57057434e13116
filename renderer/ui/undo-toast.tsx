import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says what was done and offers to take it back for a while. */
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
    autoClose: 10_000,
    withBorder: true,
  });
}
