import { describe, expect, it } from '@jest/globals';
import { flawOfTemplate, renderTemplate, type TemplateValues } from '../src/index.js';

const values: TemplateValues = {
  'contact.name': 'Maria Santos',
  'contact.firstName': 'Maria',
  'agent.name': 'Ben Ortiz',
  'inbox.name': 'Support',
};
const nobody: TemplateValues = { ...values, 'contact.name': null, 'contact.firstName': null };

describe('a template', () => {
  it.each([
    [
      'Hi {{contact.firstName}}, {{agent.name}} of {{inbox.name}}.',
      values,
      'Hi Maria, Ben Ortiz of Support.',
    ],
    ['Hi {{ contact.firstName | there }}!', values, 'Hi Maria!'],
    ['Hi {{ contact.firstName | there }}!', nobody, 'Hi there!'],
    ['Hi {{contact.name}}, thanks.', nobody, 'Hi, thanks.'],
    ['{{contact.name|Dear customer}}: {{contact.name}}', values, 'Maria Santos: Maria Santos'],
    ['Hi {{contact.name}}', { ...values, 'contact.name': '{{agent.name}} $&' }, 'Hi {{agent.name}} $&'],
    ['Nothing to fill in, {as it is}.', values, 'Nothing to fill in, {as it is}.'],
  ])('%s', (text, known, expected) => {
    expect(flawOfTemplate(text)).toBeNull();
    expect(renderTemplate(text, known)).toBe(expected);
  });

  it.each([
    ['Hi {{contact.age}}', 'There is no {{contact.age}}.'],
    ['Hi {{}}', 'There is no {{}}.'],
    ['Hi {{toString}}', 'There is no {{toString}}.'],
    ['Hi {{contact.name}', 'two braces on either side'],
    ['Hi {contact.name}}', 'two braces on either side'],
  ])('%s is refused, with the variables that there are', (text, flaw) => {
    expect(flawOfTemplate(text)).toContain(flaw);
    expect(flawOfTemplate(text)).toContain('{{contact.firstName}}, {{agent.name}}, {{inbox.name}}');
  });
});
