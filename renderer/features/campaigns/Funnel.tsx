import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { doneOf } from './outcomes.ts';
import './seen.css';

/** From those it was meant for to those whose push service took it. What devices report goes on from there. */
export function Funnel({ campaign }: { campaign: CampaignDetail }) {
  const { recipients, counts } = campaign;
  const done = doneOf(counts);
  const steps = [
    { name: 'Recipients', count: recipients, note: '' },
    { name: 'Done', count: done, note: shareOf(done, recipients, 'of recipients') },
    { name: 'Accepted', count: counts.accepted, note: shareOf(counts.accepted, done, 'of done') },
  ];
  return (
    <table className="pd-seen__steps pd-figures" aria-label="From recipients to accepted">
      <tbody>
        {steps.map(({ name, count, note }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="pd-seen__count">{formatCount(count)}</td>
            <td className="pd-seen__bar" aria-hidden>
              <span
                style={{ width: `${recipients === 0 ? 0 : Math.min(100, (100 * count) / recipients)}%` }}
              />
            </td>
            <td className="pd-soft">{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const shareOf = (part: number, all: number, words: string) =>
  all === 0 ? '' : `${formatShare(part, all)} ${words}`;
