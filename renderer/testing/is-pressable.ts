/** Whether a press of the button does something, as a screen reader would say. */
export const isPressable = (button: HTMLElement | null | undefined) =>
  button instanceof HTMLButtonElement && !button.disabled && button.getAttribute('aria-disabled') !== 'true';
