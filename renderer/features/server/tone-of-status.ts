import type { Tone } from '../../words/tones.ts';

/** How the status of an answer looks: refused requests stand out, faults of our own most. */
export function toneOfStatus(status: number): Tone {
  if (status >= 500) return 'bad';
  if (status >= 400) return 'warn';
  return status >= 300 ? 'idle' : 'ok';
}
