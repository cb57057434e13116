import type { CampaignExportFormat } from '../../contract/campaign-exports.ts';
import type { Campaign } from '../../contract/campaigns.ts';
import { shownDeliveryStateSchema, type Delivery } from '../../contract/deliveries.ts';
import { csvCell, shortEndpoint } from '../subscription/export-rows.ts';
import { visibleOwnText, visibleText } from '../text/visible-text.ts';

type Cell = string | number | boolean | null;

/** One row, by the names of its columns. */
type Row = Readonly<Record<string, Cell>>;

const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());

function campaignRow({
  id,
  kind,
  state,
  message,
  audience,
  recipients,
  counts,
  seen,
  ...campaign
}: Campaign) {
  return {
    id,
    title: message.title,
    body: message.body,
    tag: message.tag,
    kind,
    state,
    audience: audience.text,
    startedAt: time(campaign.createdAt),
    finishedAt: time(campaign.finishedAt),
    recipients,
    ...counts,
    shown: seen?.shown ?? null,
    clicked: seen?.clicked ?? null,
  } satisfies Row;
}

function deliveryRow(delivery: Delivery, whole: boolean) {
  const { endpoint, diagnosis } = delivery;
  return {
    id: delivery.id,
    subscriptionId: delivery.subscriptionId,
    label: delivery.label,
    externalId: delivery.externalId,
    endpoint: whole ? endpoint : shortEndpoint(endpoint),
    pushService: delivery.pushService,
    state: delivery.state,
    attempts: delivery.attemptCount,
    lastStatus: delivery.lastStatus,
    diagnosis: diagnosis?.code ?? null,
    cause: diagnosis?.cause ?? null,
    mayHaveArrivedTwice: delivery.mayHaveArrivedTwice,
    updatedAt: time(delivery.updatedAt),
  } satisfies Row;
}

const CAMPAIGN_HEAD = [
  ...['id', 'title', 'body', 'tag', 'kind', 'state', 'audience', 'startedAt', 'finishedAt', 'recipients'],
  ...shownDeliveryStateSchema.options,
  ...['shown', 'clicked'],
];
const DELIVERY_HEAD = [
  ...['id', 'subscriptionId', 'label', 'externalId', 'endpoint', 'pushService', 'state', 'attempts'],
  ...['lastStatus', 'diagnosis', 'cause', 'mayHaveArrivedTwice', 'updatedAt'],
];

/** Campaigns as a piece of a file. @param isFirst with the header row, and the mark by which spreadsheets recognise UTF-8 */
export const campaignRows = (rows: readonly Campaign[], format: CampaignExportFormat, isFirst: boolean) =>
  piece(rows.map(campaignRow), CAMPAIGN_HEAD, format, isFirst);

/** Deliveries as a piece of a file. @param whole endpoints in full, with which anybody could send; else shortened */
export const deliveryRows = (
  rows: readonly Delivery[],
  format: CampaignExportFormat,
  { isFirst, whole }: { isFirst: boolean; whole: boolean },
) =>
  piece(
    rows.map((row) => deliveryRow(row, whole)),
    DELIVERY_HEAD,
    format,
    isFirst,
  );

function piece(
  rows: readonly Row[],
  head: readonly string[],
  format: CampaignExportFormat,
  isFirst: boolean,
): string {
  // Stores from before texts were checked may hold anything, such as a title that reverses the text beside it.
  if (format === 'jsonl') return rows.map((row) => `${visibleText(JSON.stringify(row))}\n`).join('');
  const cell = (value: Cell | undefined) => csvCell(visibleOwnText(String(value ?? ''), true));
  const lines = rows.map((row) => head.map((name) => cell(row[name])).join(','));
  const first = isFirst ? [`\uFEFF${head.join(',')}`] : [];
  return [...first, ...lines].map((line) => `${line}\r\n`).join('');
}
