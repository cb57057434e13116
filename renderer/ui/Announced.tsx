import { VisuallyHidden } from '@mantine/core';

/** Words for those who cannot see the screen, read out at once and again whenever `count` rises. */
export function Announced({ text, count }: { text: string; count: number }) {
  return (
    <VisuallyHidden key={count} role="alert">
      {text}
    </VisuallyHidden>
  );
}
