import type { Urgency } from '../../electron/contract/message.ts';

/** What each urgency asks of a phone (RFC 8030 §5.3). */
export const URGENCY_WORDS: Record<Urgency, string> = {
  'very-low': 'Very low: on power and Wi-Fi',
  low: 'Low: on power or Wi-Fi',
  normal: 'Normal',
  high: 'High: even on low battery',
};
