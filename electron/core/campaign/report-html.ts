import type { CampaignDetail } from '../../contract/campaigns.ts';
import type { CampaignReceipts } from '../../contract/receipts.ts';
import { languagesOf } from '../../contract/message.ts';
import { isPersonal } from '../message/variables/personal.ts';
import { PUSH_SERVICES } from '../push-services/all.ts';
import { visibleOwnText } from '../text/visible-text.ts';
import { lifecycleOf } from './lifecycle.ts';

export interface ReportInput {
  campaign: CampaignDetail;
  /** `null`: nothing is known of devices, as in a rehearsal. */
  receipts: Pick<CampaignReceipts, 'asked' | 'canReport' | 'shown' | 'clicked'> | null;
  /** ms since 1970 */
  now: number;
  /** IANA name; the default: that of this machine. */
  timeZone?: string;
}

/** More would not fit on one page. */
const MOST_CAUSES = 6;
const MOST_SERVICES = 8;

const AS_WRITTEN =
  ' · The text as it was written: each recipient got it in their language, with their own values.';

/**
 * A report of one page (A4) about a campaign. It has no scripts, loads nothing, and shows every text as text, whatever it contains.
 *
 * @returns a whole HTML document
 */
export function reportHtml({ campaign, receipts, now, timeZone }: ReportInput): string {
  const { message, counts, recipients } = campaign;
  const moment = (at: number) =>
    new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'long',
      timeStyle: 'short',
      ...(timeZone === undefined ? {} : { timeZone }),
    }).format(at);
  const zone =
    new Intl.DateTimeFormat('en-GB', {
      timeZoneName: 'short',
      ...(timeZone === undefined ? {} : { timeZone }),
    })
      .formatToParts(now)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const languages = languagesOf(message);
  const facts: [string, string][] = [
    ['Audience', `${cut(campaign.audience.text, 200)} (${count(recipients)})`],
    ...times(campaign, (at) => `${moment(at)} ${zone}`),
    ...(message.tag === '' ? [] : [['Tag', cut(message.tag, 100)] as [string, string]]),
    ...(languages.length === 0
      ? []
      : [['Languages', cut(['default', ...languages].join(', '), 200)] as [string, string]]),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(cut(message.title, 200))}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="soft">${campaign.kind === 'test' ? 'Report of a test' : 'Campaign report'}${isPersonal(message) ? AS_WRITTEN : ''}</p>
<h1 dir="auto">${text(cut(message.title, 200))}</h1>
${message.body === '' ? '' : `<p dir="auto">${text(cut(message.body, 400))}</p>`}
</header>
<dl>${facts.map(([name, value]) => `<dt>${text(name)}</dt><dd><bdi>${text(value)}</bdi></dd>`).join('')}</dl>
<h2>From recipients to clicks</h2>
${funnel(campaign, receipts)}
${curve(campaign)}
<h2>By push service</h2>
${services(campaign)}
<h2>What went wrong</h2>
${causes(campaign)}
<footer class="soft">Accepted means that the push service took the message. Shown and clicked are what devices report; those that cannot report are left out.${
    counts.unknown === 0 ? '' : ' Unknown means that sending stopped in the middle of the message.'
  } Made by Pushdesk on ${text(moment(now))} ${text(zone)}.</footer>
</body>
</html>
`;
}

/** When it started and ended, as far as it has got. */
function times(
  { state, createdAt, finishedAt, schedule }: CampaignDetail,
  moment: (at: number) => string,
): [string, string][] {
  const { isScheduled, isCancelled, mayResume } = lifecycleOf(state);
  if (isScheduled) return [['Starts', schedule === null ? '–' : moment(schedule.startsAt)]];
  if (finishedAt === null)
    return [
      ['Started', moment(createdAt)],
      ['Finished', mayResume ? 'Not yet: paused' : 'Not yet: being sent'],
    ];
  return [
    ['Started', moment(createdAt)],
    [isCancelled ? 'Cancelled' : 'Finished', moment(finishedAt)],
    ['Duration', duration(finishedAt - createdAt)],
  ];
}

function funnel({ recipients, counts }: CampaignDetail, receipts: ReportInput['receipts']): string {
  const steps: [string, number, string][] = [
    ['Recipients', recipients, ''],
    ['Accepted', counts.accepted, share(counts.accepted, recipients, 'of recipients')],
    ...(receipts?.asked === true
      ? ([
          ['Can report', receipts.canReport, share(receipts.canReport, counts.accepted, 'of accepted')],
          ['Shown', receipts.shown, share(receipts.shown, receipts.canReport, 'of those that can report')],
          ['Clicked', receipts.clicked, share(receipts.clicked, receipts.shown, 'of shown')],
        ] as [string, number, string][])
      : []),
  ];
  const rows = steps.map(
    ([name, value, note]) =>
      `<tr><th scope="row">${name}</th><td class="number">${count(value)}</td><td class="bar"><span style="width:${percent(value, recipients)}%"></span></td><td class="soft">${note}</td></tr>`,
  );
  return `<table>${rows.join('')}</table>`;
}

function curve({ curve: points, recipients }: CampaignDetail): string {
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined || last.at <= first.at) return '';
  const top = Math.max(1, recipients, ...points.map((point) => point.accepted + point.notAccepted));
  const line = (valueOf: (point: (typeof points)[number]) => number) => {
    let before = 100;
    return points
      .map((point) => {
        const x = ((600 * (point.at - first.at)) / (last.at - first.at)).toFixed(1);
        const y = 100 - (100 * valueOf(point)) / top;
        const corner = `${x},${before.toFixed(1)} ${x},${y.toFixed(1)}`;
        before = y;
        return corner;
      })
      .join(' ');
  };
  return `<h2>Over time</h2>
<svg viewBox="-2 -4 604 108" preserveAspectRatio="none" role="img" aria-label="Accepted and not accepted over time"><line x1="0" y1="100" x2="600" y2="100" class="axis"/><polyline class="accepted" points="${line((point) => point.accepted)}"/><polyline class="not" points="${line((point) => point.notAccepted)}"/></svg>
<p class="soft legend"><span class="key accepted"></span> Accepted <span class="key not"></span> Failed, gone or unknown <span class="end">${text(duration(last.at - first.at))}</span></p>`;
}

function services({ services: all }: CampaignDetail): string {
  if (all.length === 0) return '<p>Nothing was sent yet.</p>';
  const rows = all
    .slice(0, MOST_SERVICES)
    .map(
      ({ pushService, counts, total }) =>
        `<tr><th scope="row">${text(PUSH_SERVICES[pushService].name)}</th><td class="number">${count(total)}</td><td class="number">${count(counts.accepted)}</td><td class="number">${count(counts.failed)}</td><td class="number">${count(counts.gone)}</td><td class="number">${count(counts.unknown)}</td></tr>`,
    );
  return `<table><thead><tr><th></th><th class="number">Recipients</th><th class="number">Accepted</th><th class="number">Failed</th><th class="number">Gone</th><th class="number">Unknown</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function causes({ diagnoses, state }: CampaignDetail): string {
  const { isScheduled } = lifecycleOf(state);
  if (diagnoses.length === 0)
    return `<p>${isScheduled ? 'Nothing was sent yet.' : 'Nothing: no message failed.'}</p>`;
  const rows = diagnoses
    .slice(0, MOST_CAUSES)
    .map(
      ({ pushService, diagnosis, count: struck }) =>
        `<tr><td class="number">${count(struck)}</td><td class="service">${text(PUSH_SERVICES[pushService].name)}</td><td><bdi>${text(cut(diagnosis.cause, 240))}</bdi> <span class="soft"><bdi>${text(cut(diagnosis.cure, 240))}</bdi></span></td></tr>`,
    );
  const more =
    diagnoses.length > MOST_CAUSES
      ? `<p class="soft">And ${count(diagnoses.length - MOST_CAUSES)} more.</p>`
      : '';
  return `<table>${rows.join('')}</table>${more}`;
}

/** Escaped as text for HTML, also within a quoted attribute; characters that cannot be seen are written out. */
function text(value: string): string {
  return visibleOwnText(value, true).replace(
    /[&<>"'`]/g,
    (character) => `&#${String(character.charCodeAt(0))};`,
  );
}

function cut(value: string, most: number): string {
  if (value.length <= most) return value;
  // Not within a pair of surrogates.
  return `${value.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const number = new Intl.NumberFormat('en');
const count = (value: number) => number.format(value);
const percent = (part: number, all: number) => (all === 0 ? 0 : Math.min(100, (100 * part) / all)).toFixed(1);
const share = (part: number, all: number, words: string) =>
  all === 0 ? '' : `${percent(part, all)}% ${words}`;

function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 1) return 'under a second';
  const units: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  return units
    .filter(([value]) => value > 0)
    .slice(0, 2)
    .map(([value, unit]) => `${count(value)} ${unit}`)
    .join(' ');
}

const STYLE = `
@page { size: A4; margin: 16mm; }
body { font: 13px/1.45 system-ui, sans-serif; color: #1b1b20; margin: 0 auto; max-width: 720px; padding: 24px; overflow-wrap: anywhere; }
@media print { body { padding: 0; } }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 14px; margin: 18px 0 6px; } p { margin: 4px 0; }
.soft { color: #5d5d6a; font-size: 12px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0 0; } dt { color: #5d5d6a; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } th, td { text-align: left; font-weight: 400; padding: 3px 12px 3px 0; vertical-align: top; } thead th { color: #5d5d6a; } tbody tr { border-top: 1px solid #e6e6eb; }
.number { text-align: right; white-space: nowrap; } .service { white-space: nowrap; } .bar { width: 45%; } .bar span { display: block; height: 8px; margin-top: 5px; border-radius: 4px; background: #4f5bd0; print-color-adjust: exact; }
svg { display: block; width: 100%; height: 110px; } svg polyline { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; } .axis { stroke: #d3d3db; } polyline.accepted { stroke: #30a46c; } polyline.not { stroke: #e5534f; }
.key { display: inline-block; width: 12px; height: 3px; vertical-align: middle; print-color-adjust: exact; } .key.accepted { background: #30a46c; } .key.not { background: #e5534f; } .legend { display: flex; gap: 6px; align-items: center; } .end { margin-left: auto; }
footer { margin-top: 20px; border-top: 1px solid #e6e6eb; padding-top: 8px; }
`;
