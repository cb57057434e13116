import type { ColumnMapping, ImportPreview } from '../../../../electron/contract/subscription-import.ts';
import { countOf, formatCount } from '../../../format/numbers.ts';
import { shortenEndpoint } from '../../../format/shorten.ts';
import { PUSH_SERVICES } from '../../../../electron/core/push-services/all.ts';
import { ColumnMappingTable } from './ColumnMappingTable.tsx';
import { ImportReasons } from './ImportReasons.tsx';
import { ImportUnsubscribed } from './ImportUnsubscribed.tsx';

/** The engine returns at most this many remarks. */
const MAX_REMARKS = 200;

interface ImportFindingsProps {
  findings: ImportPreview;
  mapping: ColumnMapping;
  onMapping: (mapping: ColumnMapping) => void;
  isUnsubscribedIncluded: boolean;
  onUnsubscribed: (isIncluded: boolean) => void;
  /** While it is being stored, nothing can be changed. */
  isStoring: boolean;
  isSaving: boolean;
  onSaveRejects: () => void;
}

/** What is in the text before anything is stored: counts, columns of a table, what is rejected and why, and the first good rows. */
export function ImportFindings(props: ImportFindingsProps) {
  const { findings, mapping, onMapping, isStoring, isSaving, onSaveRejects } = props;
  const { newCount, knownCount, repeatedCount, badCount, otherCount, reasons, columns, remarks, sample } =
    findings;
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
      {otherCount > 0 && (
        <p className="pd-soft pd-small pd-import__note">
          {`${countOf(otherCount, 'line')} of other text, such as log lines or comments, ${otherCount === 1 ? 'is' : 'are'} skipped.`}
        </p>
      )}
      {findings.unsubscribed !== null && (
        <ImportUnsubscribed
          unsubscribed={findings.unsubscribed}
          isIncluded={props.isUnsubscribedIncluded}
          disabled={isStoring}
          onChange={props.onUnsubscribed}
        />
      )}
      {columns?.some(({ readAs }) => readAs === null) === true && (
        <ColumnMappingTable columns={columns} mapping={mapping} disabled={isStoring} onChange={onMapping} />
      )}
      {reasons.length > 0 && <ImportReasons reasons={reasons} isSaving={isSaving} onSave={onSaveRejects} />}
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
      {sample.length > 0 && reasons.length === 0 && columns === null && (
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
