/** All who are joined are told of each step by one run of a function that has half a minute. */
export const LARGEST_JOINING = 50;
