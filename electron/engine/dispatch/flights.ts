import type { DeliveryId } from '../../contract/ids.ts';
import type { QueuedDelivery } from './delivery-queue-store.ts';
import type { CampaignRun, Lane } from './campaign-run.ts';

/** A delivery that was handed to the sender and is still without a result. */
export interface Flight {
  readonly run: CampaignRun;
  readonly lane: Lane;
  readonly delivery: QueuedDelivery;
  readonly claimedAt: number;
}

/** What is on the wire, and the room it takes in its lane and at its push service. */
export interface Flights {
  readonly count: number;
  /** Starts flights of one lane. */
  begin(run: CampaignRun, lane: Lane, deliveries: readonly QueuedDelivery[], claimedAt: number): Flight[];
  /** Ends a flight and gives its room back; `null` if it is not, or no longer, on the wire. */
  land(id: DeliveryId): Flight | null;
  isOnTheWire(flight: Flight): boolean;
}

export function createFlights(): Flights {
  const flights = new Map<DeliveryId, Flight>();
  return {
    get count() {
      return flights.size;
    },
    begin(run, lane, deliveries, claimedAt) {
      lane.inFlight += deliveries.length;
      lane.gate.take(deliveries.length);
      run.pace.take(deliveries.length);
      return deliveries.map((delivery) => {
        const flight = { run, lane, delivery, claimedAt };
        flights.set(delivery.id, flight);
        return flight;
      });
    },
    land(id) {
      const flight = flights.get(id);
      if (flight === undefined) return null;
      flights.delete(id);
      flight.lane.inFlight -= 1;
      flight.lane.gate.giveBack(1);
      return flight;
    },
    isOnTheWire: (flight) => flights.get(flight.delivery.id) === flight,
  };
}
