import type { ContractRouterClient } from '@orpc/contract';
import type { HostContract } from '../../contract/host.ts';

/** The process around the engine: Electron's main thread, or `null` if the engine runs headless. */
export type Host = ContractRouterClient<HostContract>;
