/**
 * For a field that is written into in any language: its text has the direction of its first letter. The `dir` of Mantine's fields goes to
 * the element around the input, where a browser does not take account of what is typed.
 */
export const TEXT_DIRECTION = { attributes: { input: { dir: 'auto' } } } as const;
