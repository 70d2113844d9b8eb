import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { conversationId, derivedId, messageId } from './ids.js';

describe('derived ids', () => {
  it('are the same for the same parts and safe as a NATS token and a field path', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(derivedId('x', ...parts)).toBe(derivedId('x', ...parts));
        expect(derivedId('x', ...parts)).toMatch(/^x_[A-Za-z0-9_-]{22}$/);
      }),
    );
  });

  it('do not confuse parts that only look alike when joined', () => {
    expect(derivedId('x', 'ab', 'c')).not.toBe(derivedId('x', 'a', 'bc'));
  });

  it('give one conversation whatever the order of the peers in a group text', () => {
    expect(conversationId('t', 'i', '+1', ['+3', '+2'])).toBe(
      conversationId('t', 'i', '+1', ['+2', '+3', '+2']),
    );
  });

  it('keep messages of two carrier accounts apart', () => {
    expect(messageId('twilio', 'a', 'SM1')).not.toBe(messageId('twilio', 'b', 'SM1'));
  });
});
