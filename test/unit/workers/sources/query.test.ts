import { describe, expect, it } from 'vitest';
import { decodeEvent, decodeText } from '../request/decoding.ts';
import {
  albEvent,
  albMultiValueEvent,
  functionUrlEvent,
  httpApiEvent,
  latticeV1Event,
  latticeV2Event,
  restEvent,
} from './events.ts';

function targetOf(event: unknown): string {
  return decodeEvent(event).request.target;
}

describe('the query of an HTTP API or function URL', () => {
  it.each([
    ['a=1&a=2&b', '/items?a=1&a=2&b'],
    ['q=%zz&p=100%&x=a+b&&', '/items?q=%zz&p=100%&x=a+b&&'],
    ["x=[1]{2}|^`\\'~!", "/items?x=[1]{2}|^`\\'~!"],
    ['q=a b"c<d>e#f', '/items?q=a%20b%22c%3Cd%3Ee%23f'],
    ['q=grün😀\u007f\r\n', '/items?q=gr%C3%BCn%F0%9F%98%80%7F%0D%0A'],
    ['q=\ud800x', '/items?q=%EF%BF%BDx'],
    ['', '/items'],
  ])('%j stays as it came but for what no target can hold', (rawQueryString, target) => {
    expect(targetOf(httpApiEvent({ rawQueryString }))).toBe(target);
    expect(targetOf(functionUrlEvent({ rawQueryString }))).toBe(target);
  });

  it('is the raw one even where the event has a parsed one', () => {
    expect(targetOf(httpApiEvent({ rawQueryString: 'a=1', queryStringParameters: { b: '2' } }))).toBe('/items?a=1');
  });

  it('may be longer than 64 KiB', () => {
    const rawQueryString = `a=${'x'.repeat(100_000)}`;
    expect(targetOf(functionUrlEvent({ rawQueryString }))).toBe(`/items?${rawQueryString}`);
  });
});

describe('the query of a REST API', () => {
  it('is form-encoded once, in event order', () => {
    const multiValueQueryStringParameters = {
      'z z': ['a b', '1+1=2&x'],
      a: ['*-._~', "!'()"],
      e: [''],
      u: ['ü\ud800'],
    };
    expect(targetOf(restEvent({ multiValueQueryStringParameters }))).toBe(
      '/items?z+z=a+b&z+z=1%2B1%3D2%26x&a=*-._%7E&a=%21%27%28%29&e=&u=%C3%BC%EF%BF%BD',
    );
  });

  it('encodes a percent sign that the client had encoded twice', () => {
    expect(targetOf(restEvent({ queryStringParameters: { a: '%40' } }))).toBe('/items?a=%2540');
  });

  it('comes from the map with all values, and from the other one when that is empty', () => {
    const queryStringParameters = { a: '2', b: '3' };
    const both = { queryStringParameters, multiValueQueryStringParameters: { a: ['1', '2'] } };
    expect(targetOf(restEvent(both))).toBe('/items?a=1&a=2');
    expect(targetOf(restEvent({ queryStringParameters, multiValueQueryStringParameters: {} }))).toBe('/items?a=2&b=3');
  });

  it('leaves out nulls and empty lists and spells numbers and booleans', () => {
    const multiValueQueryStringParameters = { a: null, b: [], c: [null, 1.5], d: true };
    expect(targetOf(restEvent({ multiValueQueryStringParameters }))).toBe('/items?c=1.5&d=true');
  });

  it('takes names that mean something to the language', () => {
    const event = JSON.stringify(restEvent({ queryStringParameters: { NAME: 'x', constructor: 'y' } }));
    expect(targetOf(JSON.parse(event.replace('NAME', '__proto__')))).toBe('/items?__proto__=x&constructor=y');
  });

  it('is refused when a value is an object, naming the parameter', () => {
    expect(() => targetOf(restEvent({ queryStringParameters: { a: {} } }))).toThrow(
      'queryStringParameters["a"] is an object; accepted: text or null',
    );
    expect(() => targetOf(restEvent({ queryStringParameters: 'a=1' }))).toThrow('queryStringParameters is text');
  });
});

describe.each([
  ['load balancer', albEvent, 'queryStringParameters'],
  ['load balancer with multi-value headers', albMultiValueEvent, 'multiValueQueryStringParameters'],
  ['VPC Lattice 1', latticeV1Event, 'query_string_parameters'],
  ['VPC Lattice 2', latticeV2Event, 'queryStringParameters'],
])('the query of a %s', (_source, event, field) => {
  it('keeps its text and order', () => {
    const parameters = { 'z%20z': '%F1', a: ['b%20c', 'b+c', 'b%2Bc'], e: '', u: 'http://x/?y' };
    expect(targetOf(event({ [field]: parameters }))).toBe('/items?z%20z=%F1&a=b%20c&a=b+c&a=b%2Bc&e=&u=http://x/?y');
  });

  it('is escaped where it holds what no target can hold', () => {
    expect(targetOf(event({ [field]: { a: 'b c"#ü' } }))).toBe('/items?a=b%20c%22%23%C3%BC');
  });
});

describe('names that are numbers', () => {
  const text = '{"b":["1","2"],"2":["x"],"a":["3"],"1":["y"],"b":["4"]}';

  it.each([
    ['a REST API', restEvent({ multiValueQueryStringParameters: 'MAP' })],
    ['a load balancer', albMultiValueEvent({ multiValueQueryStringParameters: 'MAP' })],
    ['VPC Lattice', latticeV2Event({ queryStringParameters: 'MAP' })],
    ['VPC Lattice 1', latticeV1Event({ query_string_parameters: 'MAP' })],
  ])('of %s stay in their place', (_source, event) => {
    const json = JSON.stringify(event).replace('"MAP"', text);
    // Of a name that is there twice JSON has the last value in the first place.
    expect(decodeText(json).request.target).toBe('/items?b=4&2=x&a=3&1=y');
  });

  it('stay in their place in the map with single values too', () => {
    const json = JSON.stringify(albEvent({ queryStringParameters: 'MAP' })).replace('"MAP"', '{"b":"1","2":"x"}');
    expect(decodeText(json).request.target).toBe('/items?b=1&2=x');
  });
});
