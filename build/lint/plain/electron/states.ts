/* What the engine and the window keep to. */
import { afterEach } from 'vitest'; // breach: no-restricted-imports

afterEach(() => undefined);
export const isPaused = (state: string) => state === 'paused'; // breach: restricted-syntax
