import { describe, expect, test } from 'vitest';
import { askOf, linkOf, ticketOf } from './ask.ts';

const nothing = { serviceNumber: '', idNumber: '', phone: '' };

describe('the private link', () => {
  test('carries its ticket in the fragment and gives it back', () => {
    const link = linkOf('a+b/c=', { origin: 'https://glass.example', pathname: '/track' });
    expect(link).toBe('https://glass.example/track#t=a%2Bb%2Fc%3D');
    expect(ticketOf(new URL(link).hash)).toBe('a+b/c=');
  });
  test.each(['', '#', '#t=', '#x=1', '#t=%E0%A4%A', `#t=${'a'.repeat(201)}`])('%s is no ticket', (hash) => {
    expect(ticketOf(hash)).toBeNull();
  });
});

describe('the question', () => {
  test('is tidied: no spaces around, full-width digits as half-width', () => {
    expect(askOf('number', { ...nothing, serviceNumber: ' \uff11\uff12\uff10 1234 ' })).toEqual({ ask: { serviceNumber: '120 1234' } });
  });
  test('holds only the fields of its way', () => {
    expect(askOf('person', { serviceNumber: '120', idNumber: '99x', phone: '120' })).toEqual({ ask: { idNumber: '99x', phone: '120' } });
  });
  test('names the first field that is empty', () => {
    expect(askOf('number', { ...nothing, phone: '1' })).toEqual({ missing: 'serviceNumber' });
    expect(askOf('person', { ...nothing, phone: '1' })).toEqual({ missing: 'idNumber' });
    expect(askOf('person', { ...nothing, idNumber: '9', phone: '  ' })).toEqual({ missing: 'phone' });
  });
});
