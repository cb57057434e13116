import { countOf } from '../../format/numbers.ts';

/** Says that the store did not take everything that push services answered. */
export function ShortenedAnswers({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <p className="pd-small pd-soft pd-campaign__note">
      {countOf(count, 'long answer')} {count === 1 ? 'is' : 'are'} not kept in full: this campaign has already
      stored 32 MB of answers. Status, diagnosis and the first 512 bytes are kept.
    </p>
  );
}
