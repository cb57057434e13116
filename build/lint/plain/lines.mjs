/* Lines of more than 140 characters: only a text, a template and a pattern may be as long as they have to be. */
// breach below: long-lines
// This comment has more characters than a line may have; the formatter leaves comments as they are, and so it takes a rule to say that it is too long.
export const text = 'This text has more characters than a line may have, and it may, because a text that is broken cannot be found by searching for it.';
export const template = `This text has more characters than a line may have, and it may, because a text that is broken cannot be found by searching ${text}.`;
export const pattern = /^This pattern has more characters than a line may have, and it may, because nobody can break a pattern without changing what it finds$/;
