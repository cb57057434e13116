/** Where the rehearsal is shown: the one that goes on, or the last. */
export const REHEARSAL_PATH = '/rehearsal';
