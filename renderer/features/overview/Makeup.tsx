import type { ListOverview, ValueCounts } from '../../../electron/contract/list-overview.ts';
import type { SubscriptionFilter } from '../../../electron/contract/subscriptions.ts';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import { countOf, formatCount, formatShare } from '../../format/numbers.ts';
import { languageName } from '../../../electron/core/text/language-name.ts';
import { useShowSubscriptions } from './use-show-subscriptions.ts';
import './makeup.css';

interface Row {
  name: string;
  active: number;
  /** Leads to these; absent where no filter matches them. */
  filter?: Partial<SubscriptionFilter>;
}

const ATTRIBUTES = [
  { attribute: 'platform', title: 'Platforms', of: 'platforms', nameOf: visibleOwnText },
  { attribute: 'browser', title: 'Browsers', of: 'browsers', nameOf: visibleOwnText },
  { attribute: 'language', title: 'Languages', of: 'languages', nameOf: languageName },
] as const;

/** What the active subscriptions are made of; each row leads to those that it counts. */
export function Makeup({ overview }: { overview: ListOverview }) {
  const { services, active } = overview;
  const told = ATTRIBUTES.filter(({ of }) => overview[of].unknown < active);
  return (
    <section aria-labelledby="makeup">
      <h2 id="makeup" className="pd-overview__title">
        Active subscriptions
      </h2>
      <div className="pd-makeup">
        <List
          title="Push services"
          all={active}
          rows={services.map(({ pushService, active: count }) => ({
            name: PUSH_SERVICES[pushService].name,
            active: count,
            filter: { pushServices: [pushService] },
          }))}
        />
        {told.map(({ attribute, title, of, nameOf }) => (
          <List key={attribute} title={title} all={active} rows={rowsOf(overview[of], attribute, nameOf)} />
        ))}
      </div>
      {told.length === 0 && (
        <p className="pd-overview__note">
          The subscribe page reports platform, browser and language. Imports can include them as attributes
          with these names.
        </p>
      )}
    </section>
  );
}

function rowsOf(
  { top, others, unknown }: ValueCounts,
  name: string,
  nameOf: (value: string) => string,
): Row[] {
  return [
    ...top.map(({ value, active }) => ({
      name: nameOf(value),
      active,
      filter: { attributes: [{ name, anyOf: [value] }] },
    })),
    ...(others > 0
      ? [
          {
            name: 'Other',
            active: others,
            filter: {
              attributes: [
                { name, isSet: true },
                { name, noneOf: top.map(({ value }) => value) },
              ],
            },
          },
        ]
      : []),
    ...(unknown > 0
      ? [{ name: 'Unknown', active: unknown, filter: { attributes: [{ name, isSet: false }] } }]
      : []),
  ];
}

function List({ title, rows, all }: { title: string; rows: readonly Row[]; all: number }) {
  const show = useShowSubscriptions();
  return (
    <div className="pd-makeup__list">
      <h3 className="pd-makeup__title">{title}</h3>
      <ul>
        {rows.map(({ name, active, filter = {} }) => (
          <li key={name}>
            <button
              type="button"
              className="pd-makeup__row"
              aria-label={`${name}: ${countOf(active, 'subscription')}, ${formatShare(active, all)}`}
              onClick={() => {
                show({ states: ['active'], ...filter });
              }}
            >
              <span className="pd-makeup__name pd-cut" dir="auto" title={name}>
                {name}
              </span>
              <span className="pd-makeup__count">{formatCount(active)}</span>
              <span className="pd-makeup__share">{formatShare(active, all)}</span>
              <span className="pd-makeup__track" aria-hidden>
                <span style={{ width: `${(active / Math.max(1, all)) * 100}%` }} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
