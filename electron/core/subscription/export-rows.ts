import type { ExportFormat } from '../../contract/export.ts';

/** A row on its way out. */
export interface ExportRow {
  readonly endpoint: string;
  readonly expirationTime: number | null;
  readonly p256dh: string;
  readonly auth: string;
  readonly publicKey: string | null;
  readonly state: string;
  readonly addedAt: number;
  readonly label: string | null;
  readonly externalId: string | null;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

/** The text before the first row, between rows, and after the last one. */
export interface ExportFrame {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

/** The heading of a table that Pushdesk has written. */
export const EXPORT_COLUMNS = [
  'endpoint',
  'p256dh',
  'auth',
  'expirationTime',
  'applicationServerKey',
  'state',
  'addedAt',
  'label',
  'externalId',
  'tags',
  'attributes',
] as const;

/** A byte order mark tells spreadsheets that a table is UTF-8. */
export function frameOf(format: ExportFormat): ExportFrame {
  switch (format) {
    case 'json':
      return { before: '[\n', between: ',\n', after: '\n]\n' };
    case 'jsonl':
      return { before: '', between: '\n', after: '\n' };
    case 'csv':
      return { before: `\uFEFF${EXPORT_COLUMNS.join(',')}\r\n`, between: '\r\n', after: '\r\n' };
  }
}

/**
 * One row. As JSON it is `PushSubscription.toJSON()` (Push API §8.1) together with what is known about the person.
 *
 * @param whole endpoint and keys in full; else the secret part of the endpoint is shortened and the keys are left out
 */
export function exportRow(row: ExportRow, format: ExportFormat, whole: boolean): string {
  return format === 'csv' ? csvRow(row, whole) : JSON.stringify(jsonRow(row, whole));
}

function jsonRow(row: ExportRow, whole: boolean) {
  const { endpoint, p256dh, auth, publicKey, label, externalId, tags, attributes } = row;
  return {
    endpoint: whole ? endpoint : shortEndpoint(endpoint),
    expirationTime: row.expirationTime,
    // JSON leaves out what is undefined.
    keys: whole ? { p256dh, auth } : undefined,
    applicationServerKey: publicKey ?? undefined,
    state: row.state,
    addedAt: new Date(row.addedAt).toISOString(),
    label: label ?? undefined,
    externalId: externalId ?? undefined,
    tags: tags.length === 0 ? undefined : tags,
    attributes: Object.keys(attributes).length === 0 ? undefined : attributes,
  };
}

function csvRow(row: ExportRow, whole: boolean): string {
  return [
    whole ? row.endpoint : shortEndpoint(row.endpoint),
    whole ? row.p256dh : '',
    whole ? row.auth : '',
    row.expirationTime === null ? '' : String(row.expirationTime),
    row.publicKey ?? '',
    row.state,
    new Date(row.addedAt).toISOString(),
    row.label ?? '',
    row.externalId ?? '',
    tagsCell(row.tags),
    Object.keys(row.attributes).length === 0 ? '' : JSON.stringify(row.attributes),
  ]
    .map(csvCell)
    .join(',');
}

/** Made for a person to read, if it can still be read back. */
function tagsCell(tags: readonly string[]): string {
  return tags.some((tag) => /[,;|"'#[\]{}]/.test(tag)) ? JSON.stringify(tags) : tags.join(', ');
}

/**
 * A cell of a table (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it, which shows that it is
 * text (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvCell(text: string): string {
  // A text that looks as if it had been given an apostrophe gets another one, so that every text comes back as it was.
  const harmless = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The host and the last characters: enough to recognise a row, but not enough to send to it. */
export function shortEndpoint(endpoint: string): string {
  const host = /^https:\/\/[^/]*\/?/.exec(endpoint)?.[0] ?? '';
  return `${host}...${endpoint.slice(Math.max(host.length, endpoint.length - 6))}`;
}
