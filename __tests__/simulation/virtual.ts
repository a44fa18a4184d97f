// What tells the virtual from the real.

/** Where all virtual files are. */
export const ROOT = '/sim';

/** The number of the first virtual process. No real one has such a number. */
export const FIRST_PID = 1e9;
