/** Why a subscription is refused whose keys may be those of another one. */
export const UNCLEAR = {
  code: 'unclear-pairs',
  cause: 'It isn’t clear which keys belong to which endpoint here.',
  cure: 'Print each subscription on its own line, preferably as JSON, and import that.',
};
