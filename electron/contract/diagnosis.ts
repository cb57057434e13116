import { z } from 'zod';

/** What a button beside a diagnosis leads to. */
export const diagnosisActionSchema = z.enum([
  'fix-subject',
  'choose-key',
  'check-clock',
  'shorten-payload',
  'fix-message',
  'ask-to-resubscribe',
  'check-network',
  'allow-private-endpoints',
  'try-again',
  'none',
]);
export type DiagnosisAction = z.infer<typeof diagnosisActionSchema>;

/**
 * Why an attempt ended as it did, in words that a beginner understands.
 * `code` is stable and kebab-case (it is what the store keeps); the words are made from it by core.
 */
export const diagnosisSchema = z.object({
  code: z.string(),
  cause: z.string(),
  cure: z.string(),
  action: diagnosisActionSchema,
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
