import type { ComponentPropsWithRef, MouseEvent } from 'react';

type ButtonRootProps = ComponentPropsWithRef<'button'> & {
  'data-loading'?: boolean;
  'data-disabled'?: boolean;
};

/**
 * The element of a Mantine button. Mantine disables a button that loads; a disabled element loses the focus, and a dialog that opens
 * next would have nowhere to give it back to. Here a button that loads keeps the focus and does nothing: neither a press nor Enter in
 * its form.
 */
export function buttonRoot(props: ButtonRootProps) {
  if (!props['data-loading'] || props['data-disabled']) return <button {...props} />;
  return <button {...props} disabled={false} aria-disabled onClick={swallow} />;
}

function swallow(event: MouseEvent) {
  event.preventDefault();
  event.stopPropagation();
}
