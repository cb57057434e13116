import { Checkbox } from '@mantine/core';
import { IconCircleCheck, IconTool, IconInfoCircle } from '@tabler/icons-react';
import type { KeyTextReading } from '../../../electron/contract/keys.ts';
import { countOf } from '../../format/numbers.ts';
import { shortenMiddle } from '../../format/shorten.ts';

type FoundPair = KeyTextReading['pairs'][number];

interface FoundKeysProps {
  reading: KeyTextReading;
  /** Public keys. */
  chosen: readonly string[];
  onChoose: (publicKeys: readonly string[]) => void;
  /** Whether a press was refused because nothing is chosen. */
  isMissing: boolean;
}

/** What a pasted text holds, before anything is kept: one pair, or several to choose from, and what was put right. */
export function FoundKeys({ reading: { pairs, remarks }, chosen, onChoose, isMissing }: FoundKeysProps) {
  const [only, ...others] = pairs;
  if (only === undefined) return null;
  const mended = [...new Set([...pairs.flatMap((pair) => pair.mended), ...remarks])];
  return (
    <section className="pd-keys__found" aria-label="What was found" aria-live="polite">
      {others.length === 0 ? (
        <p className="pd-keys__only">
          <IconCircleCheck size={16} aria-hidden className="pd-keys__check" />
          <span>
            Found a key pair: <code className="pd-mono">{shortenMiddle(only.publicKey, 25)}</code>
            <span className="pd-soft"> · {wordsOf(only)}</span>
          </span>
        </p>
      ) : (
        <Checkbox.Group
          label={`Found ${countOf(pairs.length, 'key pair')}. Choose which to import.`}
          value={[...chosen]}
          onChange={onChoose}
          error={isMissing && 'Choose at least one.'}
        >
          <div className="pd-keys__choices">
            {pairs.map((pair) => (
              <Checkbox
                key={pair.publicKey}
                size="sm"
                value={pair.publicKey}
                aria-invalid={isMissing || undefined}
                label={<code className="pd-mono">{shortenMiddle(pair.publicKey, 25)}</code>}
                description={`Line ${pair.line} · ${wordsOf(pair)}`}
              />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {mended.map((sentence) => (
        <p key={sentence} className="pd-keys__mended">
          {sentence.startsWith('The text also') ? (
            <IconInfoCircle size={16} aria-hidden />
          ) : (
            <IconTool size={16} aria-hidden />
          )}
          <span>{sentence}</span>
        </p>
      ))}
    </section>
  );
}

function wordsOf({ isProven, known }: FoundPair): string {
  if (known !== null) {
    return known.canSign
      ? `You already have it as “${known.name}”`
      : `Brings back the private key of “${known.name}”`;
  }
  return isProven ? 'Public and private key match' : 'Public key derived from the private key';
}
