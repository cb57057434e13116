const NAME =
  '(?:registration|subscription|subscriber|token|device|client|channel|recipient|user|uaid|chid)s?';

/** In a path a name says nothing: routers repeat the address that they do not know. */
const NOT_IN_A_PATH = '(?<![/.?=&][\\w-]{0,60})';

/** Up to four words between, such as an id. What ends with a colon names the kind of fault instead: "Client Error: Not Found". */
const WORDS_BETWEEN = '(?:\\s(?!(?:errors?|agents?)\\b)[^\\s/:,;{}]{1,100}){0,4}';

const IS_GONE = [
  "(?:not|n['’]t)[ _-]?(?:be[ _-]?)?(?:found|known|registered|subscribed|recogni[sz]ed|valid|active|exist)",
  'no[ _-]longer|unknown|invalid|expired|gone|deleted|removed|revoked|inactive',
].join('|');

const NO_SUCH = [
  'unknown|invalid|expired|inactive|deleted|revoked|non-?existent|no|not[ _-]?found',
  "(?:cannot|can['’]t|could not|couldn['’]t|did not|didn['’]t|unable to)[ _-]find",
].join('|');

const QUALIFIED = 'the|an?|any|or|and|such|active|valid|expired|known|matching|push|web|app|device|user';

/**
 * Says that a subscription, under one of the words for it, is no longer there. The word alone does not: routers and clients use it for
 * other things.
 */
export const SAYS_GONE = new RegExp(
  [
    `${NOT_IN_A_PATH}(?<=^|[^a-z]|web|push)${NAME}${WORDS_BETWEEN}[\\W_]{0,5}(?:is\\s)?(?:${IS_GONE})`,
    `(?<![a-z])(?:${NO_SUCH})[\\s_:"“‘'(-]{0,3}(?:(?:${QUALIFIED})[\\s_-]{0,3}){0,4}${NAME}(?![a-z/-]|\\sagent)`,
    // Laravel.
    `\\bno query results for model \\[[\\w\\\\]{0,80}${NAME}\\]`,
    '\\bun(?:subscribed|registered)\\b|\\bnot[ _-]?(?:subscribed|registered)\\b',
  ].join('|'),
  'i',
);
