/** A moment, in milliseconds since 1970-01-01T00:00:00Z, read from the database's clock by the shell. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Milliseconds = number;

export const seconds = (count: number): Milliseconds => count * 1000;
export const minutes = (count: number): Milliseconds => seconds(count * 60);
export const hours = (count: number): Milliseconds => minutes(count * 60);
export const days = (count: number): Milliseconds => hours(count * 24);
