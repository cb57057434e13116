import { formatCount } from '../format/numbers.ts';
import './audience.css';

/** A line of a dropdown list: what can be chosen, and how many have it where that is known. */
export function CountedOption({ text, count }: { text: string; count: number | undefined }) {
  return (
    <span className="pd-option">
      <bdi className="pd-cut" title={text}>
        {text}
      </bdi>
      {count !== undefined && <span className="pd-soft pd-figures">{formatCount(count)}</span>}
    </span>
  );
}
