import { formatCount, formatShare } from '../../format/numbers.ts';
import './seen.css';

/** How many got as far as each step, drawn as shares of the first one. */
export function StepBars({
  label,
  steps,
}: {
  label: string;
  steps: readonly { name: string; count: number; note: string }[];
}) {
  const all = steps[0]?.count ?? 0;
  return (
    <table className="pd-seen__steps pd-figures" aria-label={label}>
      <tbody>
        {steps.map(({ name, count, note }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="pd-seen__count">{formatCount(count)}</td>
            <td className="pd-seen__bar" aria-hidden>
              {count > 0 && (
                <span style={{ width: `${all === 0 ? 0 : Math.min(100, (100 * count) / all)}%` }} />
              )}
            </td>
            <td className="pd-seen__note pd-soft">{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `12% of accepted`; nothing where there are none. */
export const shareNote = (part: number, all: number, words: string): string =>
  all === 0 ? '' : `${formatShare(part, all)} ${words}`;
