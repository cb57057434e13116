import { FIREFOX_ANDROID_BYTES, PAYLOAD_LIMIT_BYTES } from '../../../electron/core/message/payload.ts';
import { formatCount } from '../../format/numbers.ts';
import './byte-meter.css';

const toneOf = (bytes: number) => {
  if (bytes > PAYLOAD_LIMIT_BYTES) return 'bad';
  return bytes > FIREFOX_ANDROID_BYTES ? 'warn' : 'ok';
};

/** How much of the room in a push message the encoded payload takes. */
export function ByteMeter({
  bytes,
  longest,
}: {
  bytes: number;
  /** It is the longest of many texts: of all of them, or of the first 200,000. Left out: all get the same. */
  longest?: 'of-all' | 'of-first' | undefined;
}) {
  const tone = toneOf(bytes);
  return (
    <div className="pd-bytes" data-tone={tone}>
      <div className="pd-bytes__words pd-figures">
        <span>
          {formatCount(bytes)} of {formatCount(PAYLOAD_LIMIT_BYTES)} bytes
        </span>
        {tone === 'bad' && <span>{formatCount(bytes - PAYLOAD_LIMIT_BYTES)} too many</span>}
        {tone === 'warn' && <span>May be too large for Firefox on Android</span>}
      </div>
      <div
        className="pd-bytes__track"
        role="meter"
        aria-label="Size of the message"
        aria-valuemin={0}
        aria-valuemax={PAYLOAD_LIMIT_BYTES}
        aria-valuenow={Math.min(bytes, PAYLOAD_LIMIT_BYTES)}
        aria-valuetext={`${formatCount(bytes)} of ${formatCount(PAYLOAD_LIMIT_BYTES)} bytes`}
      >
        <span style={{ width: `${Math.min(100, (bytes / PAYLOAD_LIMIT_BYTES) * 100)}%` }} />
      </div>
      {longest !== undefined && (
        <p className="pd-compose__remark pd-bytes__longest">
          {longest === 'of-all'
            ? 'The longest that any recipient gets.'
            : 'The longest of the first 200,000 recipients. Others may get a longer one.'}
        </p>
      )}
    </div>
  );
}
