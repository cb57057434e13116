export const name = 1; // breach: file-names
