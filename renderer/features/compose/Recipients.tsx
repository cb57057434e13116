import { IconUsers } from '@tabler/icons-react';
import type { Preflight } from '../../../electron/contract/preflight.ts';
import { formatSeconds } from '../../format/durations.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { PUSH_SERVICE_ICONS } from '../../words/push-services.ts';

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

/** Where they are, what each push service gets, whose key signs for them, and how long it will take. */
function Parts({ preflight: { services, byPart, timeNeededMs } }: { preflight: Preflight }) {
  return (
    <>
      <ul className="pd-recipients__out" aria-label="By push service and key pair">
        {services.map((service) => (
          <Service
            key={service.pushService}
            service={service}
            parts={byPart.filter(({ pushService }) => pushService === service.pushService)}
          />
        ))}
      </ul>
      {timeNeededMs !== null && timeNeededMs >= 1000 && (
        <p className="pd-recipients__time">
          Takes about {formatSeconds(timeNeededMs / 1000)}, going by your last campaign and your limit.
        </p>
      )}
    </>
  );
}

interface ServiceProps {
  service: Preflight['services'][number];
  parts: Preflight['byPart'];
}

function Service({ service, parts }: ServiceProps) {
  const { pushService, count, bodyBytes, bodyLimit, ttlSeconds, topic } = service;
  const ServiceIcon = PUSH_SERVICE_ICONS[pushService];
  return (
    <li>
      <span className="pd-figures pd-recipients__number">{formatCount(count)}</span>
      <div className="pd-recipients__service">
        <span className="pd-recipients__name">
          <ServiceIcon size={14} aria-hidden />
          {PUSH_SERVICES[pushService].name}
        </span>
        <span className="pd-soft pd-figures">
          {formatCount(bodyBytes)} of {formatCount(bodyLimit)} bytes encrypted,{' '}
          {ttlSeconds === 0 ? 'not kept' : `kept for ${formatSeconds(ttlSeconds)}`}
          {topic !== '' && `, topic ${topic}`}
        </span>
        {parts.map(({ keyPairId, keyPairName, subject, count: signed }) => (
          <span key={keyPairId} className="pd-soft pd-recipients__signer">
            {parts.length > 1 && `${formatCount(signed)} `}signed with {keyPairName}, {subject}
          </span>
        ))}
      </div>
    </li>
  );
}
