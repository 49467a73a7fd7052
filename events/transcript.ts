/*
 * A call in words from an engine that is not read by itself: an object in the bucket of transcripts. The schema lives
 * with its reader, because shared/ imports nothing outside; this is the door through which others look at it.
 */
export { ownTranscript as transcript } from '../shared/transcripts/formats/own.ts';
