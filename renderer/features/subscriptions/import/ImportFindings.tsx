import type { ImportPreview } from '../../../../electron/contract/subscriptions.ts';
import { formatCount } from '../../../format/numbers.ts';
import { shortenEndpoint } from '../../../format/shorten.ts';
import { PUSH_SERVICES } from '../../../../electron/core/push-services/all.ts';

/** So many remarks the engine gives at most. */
const MAX_REMARKS = 200;

/** What is in the text before anything is stored: counts, what is rejected and why, and the first good rows. */
export function ImportFindings({ findings }: { findings: ImportPreview }) {
  const { newCount, knownCount, repeatedCount, badCount, bad, remarks, sample } = findings;
  const goodCount = newCount + knownCount;
  const figures = [
    { name: 'new', count: newCount, tone: 'ok' },
    { name: 'known, updated', count: knownCount, tone: 'idle' },
    { name: 'rejected', count: badCount, tone: badCount > 0 ? 'bad' : 'idle' },
    ...(repeatedCount > 0 ? [{ name: 'repeated', count: repeatedCount, tone: 'idle' }] : []),
  ];
  return (
    <section className="pd-import" aria-label="What was found">
      <dl className="pd-import__figures pd-figures">
        {figures.map(({ name, count, tone }) => (
          <div key={name} data-tone={tone}>
            <dt>{name}</dt>
            <dd>{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      {bad.length > 0 && (
        <ul className="pd-import__rows" aria-label="Not taken" tabIndex={0}>
          {bad.map(({ line, problem, excerpt }, index) => (
            <li key={index}>
              <span className="pd-import__line pd-figures">Line {formatCount(line)}</span>
              <span>
                {problem.cause} <span className="pd-soft">{problem.cure}</span>
              </span>
              {excerpt !== '' && <span className="pd-import__excerpt pd-mono pd-cut">{excerpt}</span>}
            </li>
          ))}
          {badCount > bad.length && <li>{`And ${formatCount(badCount - bad.length)} more.`}</li>}
        </ul>
      )}
      {remarks.length > 0 && (
        <ul className="pd-import__rows" aria-label="Remarks" tabIndex={0}>
          {remarks.map(({ line, text }, index) => (
            <li key={index}>
              <span className="pd-import__line pd-figures">Line {formatCount(line)}</span>
              <span>{text}</span>
            </li>
          ))}
          {remarks.length >= MAX_REMARKS && <li>{`Only the first ${MAX_REMARKS} remarks are shown.`}</li>}
        </ul>
      )}
      {sample.length > 0 && bad.length === 0 && (
        <ul className="pd-import__rows" aria-label="First rows" tabIndex={0}>
          {sample.map(({ line, endpoint, pushService, known }) => (
            <li key={line}>
              <span className="pd-import__line pd-figures">Line {formatCount(line)}</span>
              <span className="pd-cut">
                {PUSH_SERVICES[pushService].name}{' '}
                <span className="pd-mono pd-soft">{shortenEndpoint(endpoint)}</span>
                {known && <span className="pd-soft"> known</span>}
              </span>
            </li>
          ))}
          {goodCount > sample.length && <li>{`And ${formatCount(goodCount - sample.length)} more.`}</li>}
        </ul>
      )}
    </section>
  );
}
