import { Tooltip } from '@mantine/core';
import type { AgeGroup, ListOverview } from '../../../electron/contract/list-overview.ts';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { countOf, formatCount, formatShare } from '../../format/numbers.ts';
import './forecast.css';

type Forecast = ListOverview['nextSend'];

/** What a send to everyone active would lose, judged by how earlier ones were answered. */
export function NextSend({ nextSend, active }: { nextSend: Forecast; active: number }) {
  return (
    <section aria-labelledby="next-send">
      <h2 id="next-send" className="pd-overview__title">
        What the next send will lose
      </h2>
      <p className="pd-forecast__words">{forecastWords(nextSend, active)}</p>
      {nextSend.expected !== null && <ForecastTable nextSend={nextSend} />}
    </section>
  );
}

function forecastWords({ expected, covered, enoughAnswers }: Forecast, active: number): string {
  if (expected === null)
    return `Not enough history yet. After a push service has answered about ${enoughAnswers} messages, this shows how many subscriptions a send is likely to find gone.`;
  const loss =
    expected === 0
      ? 'A send to everyone is unlikely to lose any subscriptions.'
      : `A send to everyone is likely to find about ${countOf(expected, 'subscription')} gone (${formatShare(expected, covered)}).`;
  const rest = active - covered;
  return rest <= 0
    ? loss
    : `${loss} ${countOf(rest, 'other')} ${rest === 1 ? 'is' : 'are'} not counted: not enough history.`;
}

/** Columns: the ages that anybody at any service has. */
function ForecastTable({ nextSend: { services, enoughAnswers } }: { nextSend: Forecast }) {
  const ages = [
    ...new Map(services.flatMap((service) => service.ages).map((age) => [age.fromDays, age])).values(),
  ].toSorted((one, other) => order(one) - order(other));
  return (
    <div
      className="pd-forecast__scroll"
      tabIndex={0}
      role="region"
      aria-label="Share gone, by push service and last success"
    >
      <table className="pd-forecast">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Push service
            </th>
            <th scope="colgroup" colSpan={ages.length}>
              Share gone, by days since the last accepted message
            </th>
            <th scope="col" rowSpan={2}>
              Active
            </th>
            <th scope="col" rowSpan={2}>
              Expected loss
            </th>
          </tr>
          <tr>
            {ages.map((age) => (
              <th key={age.fromDays} scope="col">
                {ageWords(age)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <tr key={service.pushService}>
              <th scope="row">{PUSH_SERVICES[service.pushService].name}</th>
              {ages.map(({ fromDays }) => (
                <td key={fromDays}>
                  <Share
                    group={service.ages.find((age) => age.fromDays === fromDays)}
                    enough={enoughAnswers}
                  />
                </td>
              ))}
              <td>{formatCount(service.active)}</td>
              <td>{service.expected === null ? '–' : formatCount(service.expected)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Share({ group, enough }: { group: AgeGroup | undefined; enough: number }) {
  if (group === undefined) return null;
  const { share, gone, answers, active } = group;
  const label =
    share === null
      ? `${countOf(active, 'active subscription')}. Only ${countOf(answers, 'answer')} in the last year; ${enough} are needed.`
      : `${formatCount(gone)} of ${countOf(answers, 'answer')} in the last year. ${countOf(active, 'active subscription')} now.`;
  return (
    <Tooltip label={label} multiline maw={280}>
      <span tabIndex={0} className={share === null ? 'pd-forecast__unknown' : undefined}>
        {share === null ? 'too few' : formatShare(gone, answers)}
      </span>
    </Tooltip>
  );
}

const order = ({ fromDays }: AgeGroup) => fromDays ?? Number.POSITIVE_INFINITY;

function ageWords({ fromDays, toDays }: AgeGroup): string {
  if (fromDays === null) return 'Never';
  return toDays === null ? `${fromDays}+` : `${fromDays}–${toDays}`;
}
