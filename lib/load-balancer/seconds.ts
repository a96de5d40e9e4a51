/** Seconds of a day. */
export const DAY = 86_400;
/** Seconds of a week. */
export const WEEK = 7 * DAY;
