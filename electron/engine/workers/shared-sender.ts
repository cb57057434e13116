import type { PushServiceId } from '../../contract/push-service.ts';
import type { BatchSender, SendResult } from '../wire/batch-sender.ts';
import type { Coordinator } from './coordinator.ts';

/**
 * Sends from this machine and from workers, each batch from wherever there is more room.
 *
 * @param options `sendsHere`: whether this machine sends too; `capacityHere`: the most that it has on the wire
 */
export function createSharedSender({
  here,
  coordinator,
  sendsHere,
  capacityHere,
}: {
  here: BatchSender;
  coordinator: Coordinator;
  sendsHere: () => boolean;
  capacityHere: () => number;
}): BatchSender {
  let inFlightHere = 0;
  const isForWorkers = (service: PushServiceId, count: number) => {
    const capacity = coordinator.fleet.capacity(service);
    const room = coordinator.room(service);
    if (!sendsHere()) return true;
    if (capacity === 0 || room < count) return false;
    return (capacity - room) / capacity <= inFlightHere / Math.max(1, capacityHere());
  };
  return {
    getReady() {
      if (sendsHere()) here.getReady();
    },
    async send(batch, report, signal) {
      const count = batch.jobs.length;
      if (isForWorkers(batch.pushService, count)) {
        await coordinator.send(batch, report, signal);
        return;
      }
      let open = count;
      const sent: SendResult[] = [];
      inFlightHere += count;
      try {
        await here.send(
          batch,
          (result) => {
            open -= 1;
            inFlightHere -= 1;
            report(result);
            sent.push(result);
          },
          signal,
        );
      } finally {
        inFlightHere -= open;
        coordinator.shares.note(null, sent);
      }
    },
    room: (service) => (sendsHere() ? Number.POSITIVE_INFINITY : coordinator.room(service)),
    onRecorded() {
      coordinator.onRecorded();
    },
    handedOver: coordinator.handedOver,
    async close() {
      await Promise.all([here.close(), coordinator.close()]);
    },
  };
}
