import type { KeyPairId } from '../../../contract/ids.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import type { LanePause, LaneRow } from '../../dispatch/lane-store.ts';

interface PartKey {
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
}

/** Why the part, or some of it, waits; `null`: none of it does. */
export function pauseOf(part: PartKey, lanes: readonly LaneRow[]): LanePause | null {
  return lanesOf(part, lanes).find(({ pause }) => pause !== null)?.pause ?? null;
}

/** For services that are not known by name, a part has a lane for each host; as long as one of them is sending, so is the part. */
export function waitsWhole(part: PartKey, lanes: readonly LaneRow[]): boolean {
  const own = lanesOf(part, lanes);
  return own.length > 0 && own.every(({ pause }) => pause !== null);
}

function lanesOf({ pushService, keyPairId }: PartKey, lanes: readonly LaneRow[]): LaneRow[] {
  return lanes.filter((lane) => lane.pushService === pushService && lane.keyPairId === keyPairId);
}
