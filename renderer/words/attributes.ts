import type { PAGE_ATTRIBUTES } from '../../electron/contract/people.ts';

const LABELS: Record<(typeof PAGE_ATTRIBUTES)[number], string> = {
  language: 'Language',
  timeZone: 'Time zone',
  platform: 'Platform',
  browser: 'Browser',
};

/** What an attribute is called: those that the subscribe page reports have our names, others their own. */
export const attributeLabel = (name: string): string =>
  Object.hasOwn(LABELS, name) ? LABELS[name as keyof typeof LABELS] : name;
