/** What a person does to a window, as the browser process sees it: a script in the page cannot make these. */
const PRESSES: ReadonlySet<string> = new Set([
  'mouseDown',
  'rawKeyDown',
  'keyDown',
  'gestureTap',
  'touchEnd',
]);

/** For as long as browsers treat a click as the cause of what a page then does. */
const FRESH_FOR_MS = 5000;
/** With assistive technology a press may reach the page without an event, so it is allowed at most this often. */
const AT_MOST_EVERY_MS = 1000;

export interface GestureGate {
  /** @param modifiers as Electron names them; a key that is held down repeats, which is not a new press */
  note: (type: string, modifiers?: readonly string[]) => void;
  /** Whether a person has just pressed something. One press lets one thing through. */
  take: () => boolean;
}

/**
 * Lets through what a page may only do because a person pressed something.
 * @param options `hasAssistiveTechnology`: whether a screen reader or the like drives the window: it acts on the page, not on keys
 */
export function createGestureGate(options: {
  now: () => number;
  hasAssistiveTechnology: () => boolean;
}): GestureGate {
  let pressedAt: number | null = null;
  let takenAt = Number.NEGATIVE_INFINITY;
  return {
    note(type, modifiers = []) {
      if (PRESSES.has(type) && !modifiers.includes('isAutoRepeat')) pressedAt = options.now();
    },
    take() {
      const now = options.now();
      const isFresh = pressedAt !== null && now - pressedAt <= FRESH_FOR_MS;
      const isAssisted = options.hasAssistiveTechnology() && now - takenAt >= AT_MOST_EVERY_MS;
      if (!isFresh && !isAssisted) return false;
      pressedAt = null;
      takenAt = now;
      return true;
    },
  };
}
