import type { Urgency } from '../../electron/contract/message.ts';

export const URGENCY_WORDS: Record<Urgency, string> = {
  'very-low': 'Very low',
  low: 'Low',
  normal: 'Normal',
  high: 'High',
};

/** One sentence each on what it asks of a phone and its battery (RFC 8030 §5.3). */
export const URGENCY_ON_BATTERIES: Record<Urgency, string> = {
  'very-low': 'Uses no battery: phones get it when they are charging and on Wi-Fi.',
  low: 'Uses almost no battery: phones get it when they are charging or on Wi-Fi.',
  normal: 'Phones get it when they next wake up; one that is low on battery may wait.',
  high: 'Wakes phones at once, even when the battery is low. Use it for what can’t wait.',
};
