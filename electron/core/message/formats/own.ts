import { fillOwnFormat, ownFormatNames } from '../../../contract/own-format.ts';
import type { PayloadFormatDescriptor } from './format.ts';

/** The starting point for a person who writes a payload format: every part under a name, to be changed. */
export const OWN_FORMAT_EXAMPLE = `{
  "id": "{{id}}",
  "receipts": "{{receipts}}",
  "title": "{{title}}",
  "options": {
    "body": "{{body}}",
    "icon": "{{icon}}",
    "image": "{{image}}",
    "tag": "{{tag}}",
    "actions": "{{actions}}",
    "data": { "url": "{{url}}", "more": "{{data}}" }
  }
}`;

/**
 * The person's own format: JSON with placeholders. While it is not yet JSON, the parts stand in for it, so that there is something to
 * measure.
 */
export const own: PayloadFormatDescriptor = {
  id: 'own',
  name: 'Your own',
  goodFor: 'A service worker that expects another shape: write it as JSON with placeholders.',
  ignores: [],
  withoutReceipts(message) {
    const names = ownFormatNames(message.ownFormat);
    return names.has('id') && names.has('receipts')
      ? null
      : 'Your format has no room for receipts: add {{id}} and {{receipts}}.';
  },
  build: (parts, message) => fillOwnFormat(message.ownFormat, parts) ?? parts,
};
