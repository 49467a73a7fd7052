import { readGazetteer } from '../../shared/understanding/places/gazetteer.ts';
import { gazetteerBytes } from './build-gazetteer/gazetteer-bytes.ts';

/** The gazetteer for commands: made from the package in a moment, never out of date. */
export const gazetteer = () => readGazetteer(gazetteerBytes());
