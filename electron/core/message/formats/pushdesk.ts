import type { PayloadFormatDescriptor } from './format.ts';

/** One flat object, as tutorials and most service workers expect it. */
export const pushdesk: PayloadFormatDescriptor = {
  id: 'pushdesk',
  name: 'Pushdesk',
  goodFor: 'The kit, the subscribe page, and most service workers written by hand.',
  ignores: [],
  withoutReceipts: () => null,
  build: (parts) => parts,
};
