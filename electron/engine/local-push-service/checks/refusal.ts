import { z } from 'zod';

/** Why a push service does not take a message. Each imitated service has its own words for each of them. */
export const serviceRefusalSchema = z.enum([
  'method-not-allowed',
  'unknown-path',
  'unknown-subscription',
  'unsubscribed',
  'ttl-missing',
  'ttl-invalid',
  'cache-policy-conflict',
  'urgency-invalid',
  'topic-invalid',
  'encoding-missing',
  'encoding-unsupported',
  'encryption-header-unexpected',
  'body-malformed',
  'body-too-large',
  'authorization-missing',
  'authorization-malformed',
  'token-invalid',
  'token-audience',
  'token-expired',
  'token-too-long',
  'subject-invalid',
  'key-mismatch',
  'throttled',
  'internal-error',
  'unavailable',
]);
export type ServiceRefusal = z.infer<typeof serviceRefusalSchema>;
