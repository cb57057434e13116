import { IconUsers } from '@tabler/icons-react';
import type { Preflight } from '../../../electron/contract/preflight.ts';
import { formatSeconds } from '../../format/durations.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { PUSH_SERVICE_ICONS } from '../../words/push-services.ts';
import './recipients.css';

/** How many will get it, and who is left out and why. */
export function Recipients({ preflight }: { preflight: Preflight | undefined }) {
  const excluded = preflight?.excluded ?? [];
  return (
    <div className="pd-recipients">
      <div className="pd-recipients__count pd-figures">
        <IconUsers size={16} aria-hidden />
        {preflight ? countOf(preflight.recipients, 'recipient') : 'Nobody yet'}
      </div>
      {preflight && preflight.recipients > 0 && <Parts preflight={preflight} />}
      {excluded.length > 0 && (
        <ul className="pd-recipients__out" aria-label="Left out">
          {excluded.map(({ reason, count, cause, cure }) => (
            <li key={reason}>
              <span className="pd-figures pd-recipients__number">{formatCount(count)}</span>
              <span>
                <span>left out: {cause}</span> <span className="pd-soft">{cure}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type Service = Preflight['services'][number];
type Part = Preflight['byPart'][number];

/** Where they are, what each push service gets, whose key signs for them, and how long it will take. */
function Parts({ preflight: { services, byPart, timeNeededMs } }: { preflight: Preflight }) {
  const rows = services.map((service) => {
    const parts = byPart.filter(({ pushService }) => pushService === service.pushService);
    return { service, lines: [factWords(service), ...signerWords(parts)] };
  });
  const [first] = rows;
  // What holds for each of them is said once.
  const isAlike = rows.length > 1 && new Set(rows.map(({ lines }) => lines.join())).size === 1;
  return (
    <>
      <ul className="pd-recipients__out" aria-label="By push service and key pair">
        {rows.map(({ service, lines }) => (
          <ServiceRow key={service.pushService} service={service} lines={isAlike ? [] : lines} />
        ))}
      </ul>
      {isAlike && (
        <div className="pd-recipients__alike" role="group" aria-label="For all of them">
          <Lines lines={first?.lines ?? []} />
        </div>
      )}
      {timeNeededMs !== null && timeNeededMs >= 1000 && (
        <p className="pd-recipients__time">
          Takes about {formatSeconds(timeNeededMs / 1000)}, going by your last campaign or your limit.
        </p>
      )}
    </>
  );
}

function factWords({ bodyBytes, bodyLimit, ttlSeconds, topic }: Service): string {
  const kept = ttlSeconds === 0 ? 'not kept' : `kept for ${formatSeconds(ttlSeconds)}`;
  const words = `${formatCount(bodyBytes)} of ${formatCount(bodyLimit)} bytes encrypted, ${kept}`;
  return topic === '' ? words : `${words}, topic ${topic}`;
}

/** Counted where several sign for one push service. */
const signerWords = (parts: readonly Part[]): string[] =>
  parts.map(({ keyPairName, subject, count }) => {
    const words = `signed with ${keyPairName}, ${subject}`;
    return parts.length > 1 ? `${formatCount(count)} ${words}` : words;
  });

function ServiceRow({ service, lines }: { service: Service; lines: readonly string[] }) {
  const { pushService, count } = service;
  const ServiceIcon = PUSH_SERVICE_ICONS[pushService];
  return (
    <li>
      <span className="pd-figures pd-recipients__number">{formatCount(count)}</span>
      <div className="pd-recipients__service">
        <span className="pd-recipients__name">
          <ServiceIcon size={14} aria-hidden />
          {PUSH_SERVICES[pushService].name}
        </span>
        <Lines lines={lines} />
      </div>
    </li>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line, at) => (
    <span key={at} className="pd-soft pd-figures pd-recipients__line">
      {line}
    </span>
  ));
}
