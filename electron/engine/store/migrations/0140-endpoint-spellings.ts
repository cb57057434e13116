import type { Migration } from './migration.ts';

/**
 * An endpoint in two spellings (RFC 3986 §6.2.2) used to be two rows and got each message twice. Now the key is that of the canonical
 * spelling (`canonicalEndpoint` in core; messages go to the endpoint as it is stored).
 *
 * Among rows that turn out to be the same, the key stays with one, in this order of preference: not in the bin, its person left, active,
 * changed last. The others go to the bin with a remark, and get a key that is never looked up.
 */
export const endpointSpellings: Migration = {
  version: 140,
  name: 'endpoint spellings',
  sql: `
    -- Before the rows themselves: that an endpoint is spelt another way than the canonical one is rare.
    CREATE TEMP TABLE respelt AS
      SELECT id, canonical FROM (SELECT id, endpoint, canonical_endpoint(endpoint) AS canonical FROM subscriptions)
      WHERE canonical <> endpoint;

    CREATE TEMP TABLE spellings AS
      SELECT id, canonical, row_number() OVER (
        PARTITION BY canonical
        ORDER BY deleted_at IS NOT NULL, state <> 'unsubscribed', state <> 'active', state_changed_at DESC, id DESC
      ) AS place
      FROM (
        SELECT id, canonical FROM respelt
        UNION
        SELECT s.id, s.endpoint FROM respelt r JOIN subscriptions s ON s.endpoint_key = endpoint_key(r.canonical)
      ) JOIN subscriptions USING (id);

    UPDATE subscriptions SET
      endpoint_key = endpoint_key('spelling ' || id || ' ' || endpoint),
      remark = CASE WHEN deleted_at IS NULL
        THEN trim('The endpoint of another row in another spelling. ' || ifnull(remark, '')) ELSE remark END,
      deleted_at = ifnull(deleted_at, CAST(unixepoch('subsec') * 1000 AS INTEGER))
    WHERE id IN (SELECT id FROM spellings WHERE place > 1);

    UPDATE subscriptions SET endpoint_key = endpoint_key(canonical)
    FROM spellings WHERE spellings.id = subscriptions.id AND place = 1;

    DROP TABLE spellings;
    DROP TABLE respelt;
  `,
};
