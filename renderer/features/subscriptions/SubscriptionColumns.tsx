import { Tooltip } from '@mantine/core';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { PAGE_ATTRIBUTES } from '../../../electron/contract/people.ts';
import { endpointTail } from '../../format/shorten.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { Tags } from '../../ui/Tags.tsx';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { attributeLabel } from '../../words/attributes.ts';
import { PUSH_SERVICE_ICONS } from '../../words/push-services.ts';
import { DELIVERY_STATES, SUBSCRIPTION_STATES } from '../../words/states.ts';
import { namePartsOf } from '../../words/subscription-name.ts';
import type { Order } from '../../audience/kept-view.ts';
import './subscriptions.css';

const ATTRIBUTE = 'attribute ';

export const attributeColumnId = (name: string): string => ATTRIBUTE + name;

/** Who it is stays in view; all else can be chosen. */
const NAME: Column<Subscription> = {
  id: 'name',
  header: 'Subscription',
  track: 'minmax(150px, 1.6fr)',
  cell: (row) => <Name row={row} />,
};

const CHOOSABLE: readonly Column<Subscription>[] = [
  {
    id: 'state',
    header: 'State',
    track: '124px',
    cell: ({ state }) => <StateTag state={SUBSCRIPTION_STATES[state]} />,
  },
  {
    id: 'tags',
    header: 'Tags',
    track: 'minmax(120px, 1.2fr)',
    dropOrder: 5,
    cell: ({ tags }) => <Tags tags={tags} />,
  },
  {
    id: 'external-id',
    header: 'External ID',
    track: 'minmax(90px, 0.8fr)',
    dropOrder: 4,
    cell: ({ externalId }) => <Text text={externalId} />,
  },
  ...PAGE_ATTRIBUTES.map(attributeColumn),
  {
    id: 'service',
    header: 'Push service',
    track: '116px',
    dropOrder: 2,
    cell: ({ pushService }) => <span className="pd-cut">{PUSH_SERVICES[pushService].name}</span>,
  },
  {
    id: 'key',
    header: 'Key pair',
    track: 'minmax(92px, 1fr)',
    dropOrder: 1,
    cell: ({ keyPairName, publicKey }) => {
      if (keyPairName !== null) return <span className="pd-cut">{keyPairName}</span>;
      return <span className="pd-soft pd-cut">{publicKey === null ? 'Unknown' : 'Not here'}</span>;
    },
  },
  {
    id: 'added',
    header: 'Added',
    track: '92px',
    align: 'end',
    dropOrder: 3,
    cell: ({ addedAt }) => <RelativeTime at={addedAt} />,
  },
  {
    id: 'last',
    header: 'Last delivery',
    track: '112px',
    align: 'end',
    dropOrder: 4,
    cell: ({ lastDelivery }) => <LastDelivery last={lastDelivery} />,
  },
];

const USUAL = ['state', 'tags', 'service', 'key', 'added', 'last'];
function attributeColumn(name: string): Column<Subscription> {
  return {
    id: attributeColumnId(name),
    header: attributeLabel(name),
    track: 'minmax(84px, 0.7fr)',
    dropOrder: 3,
    cell: ({ attributes }) => <Text text={attributes[name] ?? null} />,
  };
}

/** The ids of the columns that were chosen, read from whatever was kept. */
export function chosenColumns(kept: unknown): readonly string[] {
  if (!Array.isArray(kept)) return USUAL;
  return kept.filter((id): id is string => typeof id === 'string');
}

/** What a menu of columns offers: our own, then one for each existing attribute. */
export function columnChoices(attributes: readonly string[]): { id: string; header: string }[] {
  const ours = new Set<string>(PAGE_ATTRIBUTES);
  return [...CHOOSABLE, ...attributes.filter((name) => !ours.has(name)).map(attributeColumn)];
}

interface Sorted {
  order: Order;
  turnOrder: () => void;
}

/** The chosen columns in the order in which they are shown, the owner's own attributes before the push service. */
export function columnsOf(chosen: readonly string[], { order, turnOrder }: Sorted): Column<Subscription>[] {
  const wanted = new Set(chosen);
  const known = new Set(CHOOSABLE.map(({ id }) => id));
  const own = chosen
    .filter((id) => id.startsWith(ATTRIBUTE) && !known.has(id))
    .map((id) => attributeColumn(id.slice(ATTRIBUTE.length)));
  const place = CHOOSABLE.findIndex(({ id }) => id === 'service');
  const all = [...CHOOSABLE.slice(0, place), ...own, ...CHOOSABLE.slice(place)];
  return [
    NAME,
    ...all
      .filter(({ id }) => wanted.has(id))
      .map((column) =>
        column.id === 'added'
          ? { ...column, sort: { isDescending: order === 'newest', turn: turnOrder } }
          : column,
      ),
  ];
}

/** Who it is first; the end of the endpoint after it, for those who look for that. */
function Name({ row }: { row: Subscription }) {
  const { endpoint, pushService } = row;
  const { name, number } = namePartsOf(row);
  const ServiceIcon = PUSH_SERVICE_ICONS[pushService];
  return (
    <>
      <ServiceIcon className="pd-subscriptions__icon" size={16} aria-hidden />
      <span className="pd-subscriptions__name" dir="auto" title={name}>
        <span className="pd-cut">{name}</span>
        {number !== null && <span className="pd-subscriptions__number">{` ${number}`}</span>}
      </span>
      <span className="pd-subscriptions__tail pd-mono pd-soft pd-cut" title={endpoint}>
        <bdi dir="ltr">{endpointTail(endpoint, 10)}</bdi>
      </span>
    </>
  );
}

function Text({ text }: { text: string | null }) {
  if (text === null) return <span className="pd-soft">–</span>;
  return (
    <span className="pd-cut" dir="auto" title={text}>
      {text}
    </span>
  );
}

function LastDelivery({ last }: { last: Subscription['lastDelivery'] }) {
  if (!last) return <span className="pd-soft">None yet</span>;
  const { icon: OutcomeIcon, tone, word } = DELIVERY_STATES[last.state];
  return (
    <>
      <Tooltip label={word}>
        <span className="pd-state" data-tone={tone}>
          <OutcomeIcon size={15} stroke={2} aria-label={word} role="img" />
        </span>
      </Tooltip>
      <RelativeTime at={last.at} />
    </>
  );
}
