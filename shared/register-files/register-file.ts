import * as z from 'zod';
import { businessRow } from '../businesses/business.ts';
import { registryDocument } from '../store/registry-store.ts';

/**
 * A register as people keep it in a file: with its businesses, which the system keeps each below keys of its own and never
 * reads whole. Left out, they stay as they are.
 */
export const registerFile = registryDocument.extend({ businesses: z.array(businessRow).optional() });

export type RegisterFile = z.output<typeof registerFile>;
