import { useEffect, useRef } from 'react';
import type { WorkerCheck, WorkerFile } from '../../../../electron/contract/worker-check.ts';
import { visibleText } from '../../../../electron/core/text/visible-text.ts';
import { countOf } from '../../../format/numbers.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { AddFile } from './AddFile.tsx';
import { clickWords, refusedAddresses, TONES } from './report-words.ts';

interface WorkerReportProps {
  check: WorkerCheck;
  /** The person gives a file that the worker asked for. */
  onAdd: (file: WorkerFile) => void;
}

/** What a worker made of the message: what would appear, what is wrong, and everything that it did. */
export function WorkerReport({ check, onAdd }: WorkerReportProps) {
  const { notifications, findings, clicks, requests, console, errors, payload } = check;
  const report = useRef<HTMLElement>(null);
  // The answer to a press comes into view: the script above it is long.
  useEffect(() => {
    report.current?.scrollIntoView({ block: 'start' });
  }, [check]);
  const isFine = findings.every(({ tone }) => tone === 'note');
  return (
    <section ref={report} className="pd-worker__report" aria-label="Result" aria-live="polite">
      {notifications.length === 0 ? (
        <h3 className="pd-worker__verdict">Nothing appears</h3>
      ) : (
        <h3 className="pd-worker__verdict">
          {isFine ? 'It works' : 'It shows a notification'}
          {notifications.length > 1 && ` (${countOf(notifications.length, 'notification')})`}
        </h3>
      )}
      {findings.map(({ tone, code, cause, cure }) => (
        <Notice key={code + cause} tone={TONES[tone]} cause={cause} cure={cure} />
      ))}
      {refusedAddresses(check).map((url) => (
        <AddFile key={url} url={url} onAdd={onAdd} />
      ))}
      {notifications.map(({ title, options }, index) => (
        <div key={index} className="pd-worker__part">
          <h4>{notifications.length > 1 ? `Notification ${index + 1}` : 'Notification'}</h4>
          <dl className="pd-worker__options">
            <div>
              <dt>title</dt>
              <dd dir="auto">{visibleText(title)}</dd>
            </div>
            {options.map(({ name, value }) => (
              <div key={name}>
                <dt>{visibleText(name)}</dt>
                <dd dir="auto">{visibleText(plain(value))}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      {clicks.length > 0 && (
        <div className="pd-worker__part">
          <h4>Clicks</h4>
          <dl className="pd-worker__options">
            {clicks.map((click, index) => (
              <div key={index}>
                <dt dir="auto">{click.action === '' ? 'Notification' : visibleText(click.label)}</dt>
                <dd>{visibleText(clickWords(click))}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      <Lines
        title="Requests (refused, unless you added the file)"
        lines={requests.map(({ method, url, given }) => `${method} ${url}${given ? ' (your file)' : ''}`)}
      />
      <Lines
        title="Errors"
        lines={errors.map(({ message, at }) => (at ? `${message} (line ${at.line})` : message))}
      />
      <Lines title="Console" lines={console.map(({ level, text }) => `${level}: ${text}`)} />
      <Lines title="Payload it was given" lines={[payload]} />
    </section>
  );
}

/** A text without the quotes of JSON. */
function plain(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : json;
  } catch {
    return json;
  }
}

/** Folded until it is looked at. */
function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <details className="pd-worker__lines">
      <summary>
        {title}
        {lines.length > 1 && <span className="pd-soft pd-figures"> {lines.length}</span>}
      </summary>
      <pre className="pd-mono">{lines.map((line) => visibleText(line)).join('\n')}</pre>
    </details>
  );
}
