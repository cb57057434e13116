import type { FloodPlan } from './measure-flood.ts';
import type { ListPlan } from './measure-list.ts';
import type { ReceiptPlan } from './measure-receipts.ts';
import type { VariablePlan } from './measure-variables.ts';
import type { WorkerPlan } from './measure-workers.ts';

/** How much is measured. The times given apply to 2 cores with nothing else running. */
export interface Plan extends ListPlan, FloodPlan, ReceiptPlan, VariablePlan, WorkerPlan {
  /** Turns of each sender at each latency; the median of the pairs counts. */
  rounds: number;
  latenciesMs: readonly number[];
  /** The first second goes into connecting and finding out how much the service takes: it takes many to see the rate. */
  engineMessages: number;
  tunedMessages: number;
  tutorialMessages: number;
  /** Recipients of the campaign whose memory is watched. */
  memorySizes: readonly number[];
  /** Recipients of the campaign in Electron. */
  lagRecipients: number;
  /** Subscriptions in the store for the start of a campaign. */
  startRecipients: number;
  /** Pages, counts and searches in that store: so many of each. */
  lookUps: number;
  /** Campaigns in a store of their own, for the list of them alone. */
  campaigns: number;
  /** Look-ups of each kind in that list. */
  campaignLookUps: number;
  /** Starts of the app on that store, and of an empty window. */
  windowStarts: number;
  /** Encryption alone, in each turn. */
  encryptSeconds: number;
}

/** About thirteen minutes. */
export const FULL: Plan = {
  rounds: 3,
  latenciesMs: [0, 50],
  engineMessages: 40_000,
  tunedMessages: 4_000,
  tutorialMessages: 100,
  memorySizes: [10_000, 100_000, 1_000_000],
  lagRecipients: 100_000,
  startRecipients: 1_000_000,
  lookUps: 400,
  campaigns: 10_000,
  campaignLookUps: 200,
  windowStarts: 5,
  encryptSeconds: 3,
  listRows: 1_000_000,
  filterSamples: 20,
  floodRounds: 2,
  floodRecipients: 250_000,
  floodPerSecond: 1000,
  receiptRounds: 2,
  receiptRecipients: 100_000,
  receiptsPerSecond: 2000,
  variableRounds: 3,
  variableRecipients: 40_000,
  workerRounds: 3,
  workerRecipients: 20_000,
  workerCounts: [1, 2, 4],
};

/** About two minutes: the same measurements, smaller. */
export const SHORT: Plan = {
  rounds: 1,
  latenciesMs: [0, 50],
  engineMessages: 4_000,
  tunedMessages: 500,
  tutorialMessages: 10,
  memorySizes: [5_000, 10_000],
  lagRecipients: 5_000,
  startRecipients: 40_000,
  lookUps: 60,
  campaigns: 2_000,
  campaignLookUps: 20,
  windowStarts: 1,
  encryptSeconds: 1,
  listRows: 10_000,
  filterSamples: 5,
  floodRounds: 1,
  floodRecipients: 20_000,
  floodPerSecond: 1000,
  receiptRounds: 1,
  receiptRecipients: 2_000,
  receiptsPerSecond: 2000,
  variableRounds: 1,
  variableRecipients: 4_000,
  workerRounds: 1,
  workerRecipients: 2_000,
  workerCounts: [2],
};
