import { Tooltip } from '@mantine/core';
import type { Overview } from '../../../electron/contract/overview.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { OutcomeBar } from '../../ui/OutcomeBar.tsx';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import './services.css';

type Service = Overview['services'][number];

/** How each push service answers. */
export function ServiceTable({ services }: { services: readonly Service[] }) {
  return (
    <section aria-labelledby="push-services">
      <h2 id="push-services" className="pd-overview__title">
        Push services
      </h2>
      <table className="pd-services">
        <thead>
          <tr>
            <th scope="col">Push service</th>
            <th scope="col" className="pd-services__bar">
              Outcomes
            </th>
            <th scope="col">Active subscriptions</th>
            <th scope="col">Accepted</th>
            <th scope="col">Failed</th>
            <th scope="col">Gone</th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <Row key={service.pushService} service={service} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ service }: { service: Service }) {
  const { accepted, failed, gone } = service;
  const settled = accepted + failed + gone;
  return (
    <tr>
      <th scope="row">
        <Tooltip label={PUSH_SERVICES[service.pushService].browsers}>
          <span>{PUSH_SERVICES[service.pushService].name}</span>
        </Tooltip>
      </th>
      <td className="pd-services__bar">
        {settled > 0 && (
          <OutcomeBar
            total={settled}
            parts={[
              { label: 'Accepted', count: accepted, tone: 'ok' },
              { label: 'Failed', count: failed, tone: 'bad' },
              { label: 'Gone', count: gone, tone: 'idle' },
            ]}
          />
        )}
      </td>
      <td>{formatCount(service.active)}</td>
      <td>
        {formatCount(accepted)} <span className="pd-services__share">{formatShare(accepted, settled)}</span>
      </td>
      <td>{formatCount(failed)}</td>
      <td>{formatCount(gone)}</td>
    </tr>
  );
}
