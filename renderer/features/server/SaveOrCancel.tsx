import { Button } from '@mantine/core';

interface SaveOrCancelProps {
  /** What was typed is being saved. */
  isBusy: boolean;
  /** Leaves the form and changes nothing. */
  onLeave: () => void;
}

/** The end of a form on this screen. */
export function SaveOrCancel({ isBusy, onLeave }: SaveOrCancelProps) {
  return (
    <div className="pd-server__buttons">
      <Button type="submit" size="xs" loading={isBusy}>
        Save
      </Button>
      <Button size="xs" variant="default" onClick={onLeave}>
        Cancel
      </Button>
    </div>
  );
}
