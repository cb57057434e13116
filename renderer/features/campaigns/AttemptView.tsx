import type { Attempt } from '../../../electron/contract/deliveries.ts';
import { visibleText } from '../../../electron/core/text/visible-text.ts';
import { formatMilliseconds } from '../../format/durations.ts';
import { formatStatus } from '../../../electron/core/text/http-status.ts';
import { formatBytes } from '../../format/numbers.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { curlText } from '../../../electron/core/campaign/curl-text.ts';
import { Exchange } from './Exchange.tsx';
import { answerText, cutNote, readableBody, requestLine, requestText } from './exchange-text.ts';
import './attempt.css';

/** One HTTP request of a delivery and what came back. */
export function AttemptView({ attempt, isOnly }: { attempt: Attempt; isOnly: boolean }) {
  const { request, answer, error } = attempt;
  return (
    <section className="pd-attempt" aria-label={`Attempt ${attempt.number}`}>
      <h3 className="pd-attempt__head pd-section__title">
        <span>{isOnly ? 'Request and answer' : `Attempt ${attempt.number}`}</span>
        <span className="pd-small pd-soft">
          <RelativeTime at={attempt.startedAt} />, took {formatMilliseconds(attempt.durationMs)}
        </span>
      </h3>
      <Exchange
        title="Request"
        copyLabel="Copy request"
        text={requestText(attempt)}
        more={<CopyButton label="Copy as cURL" text={curlText(attempt)} hasLines look="button" />}
      >
        <div>
          <bdi>{visibleText(requestLine(attempt))}</bdi>
        </div>
        <Headers rows={request.headers} />
        <div className="pd-soft">{`\n${formatBytes(request.bodyBytes)}, encrypted for this browser only`}</div>
      </Exchange>
      {answer && (
        <Exchange
          title={`Answer: ${formatStatus(answer.status)}`}
          copyLabel="Copy answer"
          text={answerText(answer)}
        >
          <Headers rows={answer.headers} />
          <div className={answer.body === '' ? 'pd-soft' : undefined} dir="auto">
            {`\n${answer.body === '' ? noBody(answer) : visibleText(readableBody(answer.body), true)}`}
          </div>
        </Exchange>
      )}
      {answer?.cut && <p className="pd-small pd-soft pd-attempt__note">{cutNote(answer.cut)}</p>}
      {error !== null && (
        <Notice
          tone={answer === null ? 'bad' : 'warn'}
          cause={answer === null ? 'No answer came back.' : 'The answer is incomplete.'}
          cure={<bdi>{visibleText(error)}</bdi>}
        />
      )}
      {attempt.notes.map((note) => (
        <p key={note} className="pd-small pd-soft pd-attempt__note">
          {note}
        </p>
      ))}
      {attempt.diagnosis && !isOnly && (
        <p className="pd-small pd-soft pd-attempt__note">
          {attempt.diagnosis.cause} {attempt.diagnosis.cure}
        </p>
      )}
    </section>
  );
}

/** A body of which nothing was kept is not an empty one. */
const noBody = ({ cut }: NonNullable<Attempt['answer']>) => (cut === null ? 'No body' : 'No body was kept');

function Headers({ rows }: { rows: Attempt['request']['headers'] }) {
  return rows.map(([name, value], index) => (
    <div key={index}>
      <span className="pd-exchange__name">{visibleText(name)}:</span> <bdi>{visibleText(value)}</bdi>
    </div>
  ));
}
