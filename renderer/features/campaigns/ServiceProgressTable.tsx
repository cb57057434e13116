import { Tooltip } from '@mantine/core';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { ServiceProgress } from '../../../electron/contract/campaign-progress.ts';
import { formatRate, formatSeconds } from '../../format/durations.ts';
import { formatCount } from '../../format/numbers.ts';
import { OutcomeBar } from '../../ui/OutcomeBar.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { PUSH_SERVICE_ICONS } from '../../words/push-services.ts';
import { outcomeParts } from './outcomes.ts';
import { whatIsLeft } from './service-progress.ts';
import './service-progress.css';

/** How far the campaign has got at each push service: one row each, largest first. */
export function ServiceProgressTable({ campaign }: { campaign: CampaignDetail }) {
  const { services, state } = campaign;
  const hasWaiting = services.some(({ counts }) => counts.waiting > 0);
  return (
    <div className="pd-progress__scroll">
      <table className="pd-progress" aria-label="Progress by push service">
        <thead>
          <tr>
            <th scope="col">Push service</th>
            <th scope="col" className="pd-progress__bar">
              Done
            </th>
            <th scope="col" aria-label="Done, in numbers" />
            <th scope="col">Failed</th>
            <th scope="col">Gone</th>
            <th scope="col">Retrying</th>
            {hasWaiting && <th scope="col">Waiting</th>}
            <th scope="col">Speed</th>
            <th scope="col">Time left</th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <Row key={service.pushService} service={service} state={state} hasWaiting={hasWaiting} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  service: ServiceProgress;
  state: CampaignDetail['state'];
  /** Something waits for the hour of its recipient, at this push service or at another one. */
  hasWaiting: boolean;
}

function Row({ service, state, hasWaiting }: RowProps) {
  const { pushService, counts, done, total, ratePerSecond } = service;
  const ServiceIcon = PUSH_SERVICE_ICONS[pushService];
  return (
    <tr>
      <th scope="row">
        <Tooltip label={PUSH_SERVICES[pushService].browsers}>
          <span className="pd-progress__name">
            <ServiceIcon size={15} aria-hidden />
            {PUSH_SERVICES[pushService].name}
          </span>
        </Tooltip>
      </th>
      <td className="pd-progress__bar">
        <OutcomeBar parts={outcomeParts(counts)} total={total} />
      </td>
      <td>
        {formatCount(done)} <span className="pd-soft">of {formatCount(total)}</span>
      </td>
      <Figure count={counts.failed} />
      <Figure count={counts.gone} />
      <Figure count={counts.retrying} />
      {hasWaiting && <Figure count={counts.waiting} />}
      <td>{ratePerSecond === null ? <Nothing /> : formatRate(ratePerSecond)}</td>
      <td>
        <Left service={service} state={state} />
      </td>
    </tr>
  );
}

const Figure = ({ count }: { count: number }) => (
  <td className={count === 0 ? 'pd-zero' : undefined}>{formatCount(count)}</td>
);

const Nothing = () => <span className="pd-zero">–</span>;

function Left({ service, state }: { service: ServiceProgress; state: CampaignDetail['state'] }) {
  const left = whatIsLeft(service, state);
  switch (left.kind) {
    case 'state':
      return <StateTag state={left.state} />;
    case 'time':
      return formatSeconds(left.seconds);
    case 'unknown':
      return <Nothing />;
  }
}
