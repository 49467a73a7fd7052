import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { describeError } from '../../shared/logging.ts';

const thrownBy = (take: () => unknown): Error => {
  try {
    take();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
};
const serviceError = (name: string, message: string) =>
  Object.assign(new Error(message), { name, $fault: 'client' as const });

describe('the log never quotes what people wrote', () => {
  test.each([
    '{"name": 某甲, "phone": 13800000000}',
    // A line of the text that looks like a line of a stack.
    '{"text":\nat 13800000000 某甲}',
    '{"text":\n    at 某甲 (13800000000)}',
  ])('neither in the name nor in the frames of what JSON.parse throws for %j', (body) => {
    const error = thrownBy(() => JSON.parse(body));
    // The danger is real: the message quotes.
    expect(error.message).toMatch(/某甲|138/);
    const described = JSON.stringify(describeError(error));
    expect(described).toContain('SyntaxError');
    expect(described).not.toMatch(/某甲|138|message/);
  });

  test('nor what a schema refuses', () => {
    const error = thrownBy(() => z.strictObject({}).parse({ 某甲: 1 }));
    expect(JSON.stringify(describeError(error))).not.toContain('某甲');
  });

  test.each(['ValidationException', 'SerializationException'])(
    'nor what a %s quotes of the request',
    (name) => {
      const described = describeError(serviceError(name, 'value 某甲 13800000000'));
      expect(described).not.toHaveProperty('message');
      expect(JSON.stringify(described)).not.toContain('某甲');
    },
  );

  test('nor a thrown text', () => {
    expect(describeError('某甲')).toEqual({ name: 'string' });
    expect(describeError(undefined)).toEqual({ name: 'undefined' });
    expect(describeError({ message: '某甲' })).toEqual({ name: 'object' });
  });
});

describe('the log says enough to find the fault', () => {
  test('the kind of error and where it happened', () => {
    const { name, frames } = describeError(new RangeError('x'));
    expect(name).toBe('RangeError');
    expect(frames).toEqual(expect.arrayContaining([expect.stringContaining('logging.test.ts')]));
    expect((frames as string[]).length).toBeLessThanOrEqual(8);
  });

  test('the message of an AWS service', () => {
    expect(describeError(serviceError('ResourceNotFoundException', 'no such table'))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'no such table',
    });
  });

  test('an error without a stack or a message is described too', () => {
    const bare = new Error('');
    expect((describeError(bare).frames as string[]).length).toBeGreaterThan(0);
    Object.defineProperty(bare, 'stack', { value: undefined });
    expect(describeError(bare)).toEqual({ name: 'Error', frames: [] });
  });
});
