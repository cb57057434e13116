import { systemClock } from '../base/clock.ts';
import { createAutopushServer, type Autopush } from './autopush/autopush-server.ts';
import {
  createDevicePushService,
  endpointAt,
  LOOPBACK,
  type DevicePushService,
  type DevicePushServiceOptions,
} from './device-push-service.ts';

export interface PushServiceOptions extends Omit<DevicePushServiceOptions, 'findOther'> {
  /** Port of the WebSocket for browsers. Default 0: any free one. */
  readonly autopushPort?: number;
}

/** A complete push service on this machine: senders on one side, browsers and virtual devices on the other. */
export interface PushService extends DevicePushService {
  readonly autopush: Autopush;
}

/** Starts the service. Rejects with the system's error if a port is not available. */
export async function createPushService(options: PushServiceOptions = {}): Promise<PushService> {
  // Known once the port is; no browser asks for an endpoint before that.
  let origin = '';
  const autopush = await createAutopushServer({
    host: LOOPBACK,
    port: options.autopushPort ?? 0,
    clock: options.clock ?? systemClock,
    endpointOf: (token) => endpointAt(origin, token),
  });
  const service = await createDevicePushService({
    ...options,
    findOther: (token) => autopush.findSubscriber(token),
  }).catch(async (error: unknown) => {
    await autopush.close();
    throw error;
  });
  origin = service.origin;

  return {
    ...service,
    autopush,
    async close() {
      await Promise.all([service.close(), autopush.close()]);
    },
  };
}
