import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseJsonBody } from './body/json.ts';
import { parseMultipartBody } from './body/multipart.ts';
import type { MultipartBody } from './body/multipart.ts';
import { parseXmlBody } from './body/xml.ts';
import { parseCookies } from './cookies.ts';
import type { Entry } from './entry.ts';
import { parseQueryString } from './queryString.ts';
import { RequestBodyError } from './requestBodyError.ts';
import { parseRequestTarget } from './requestTarget.ts';
import { VariableStore } from './variableStore.ts';
import { XPathError, xmlVariable } from './xmlPath.ts';

function pairs(entries: readonly Entry[]): (readonly [string, string])[] {
  return entries.map(({ key, value }) => [key, value] as const);
}

describe('a query string', () => {
  const parse = (text: string): ReturnType<typeof parseQueryString> =>
    parseQueryString(text, 'ARGS_GET', '&', 4);

  it('gives names and values decoded, in order', () => {
    assert.deepEqual(pairs(parse('a=1&b=%41+c&&d&=e').entries), [
      ['a', '1'],
      ['b', 'A c'],
      ['d', ''],
      ['', 'e'],
    ]);
  });

  it('keeps an invalid escape and counts it', () => {
    const { entries, invalidEncodings } = parse('a=%zz%4&b=%');
    assert.deepEqual(pairs(entries), [
      ['a', '%zz%4'],
      ['b', '%'],
    ]);
    assert.equal(invalidEncodings, 3);
  });

  it('says when there are too many arguments', () => {
    assert.equal(parse('a&b&c&d').tooMany, false);
    assert.equal(parse('a&b&c&d&e').tooMany, true);
  });

  it('is read as the URL standard reads it where every byte is ASCII', () => {
    const unit = fc.constantFrom('a', 'b', '=', '&', '+', '%41', '%2B', ' ');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const ours = pairs(parseQueryString(text, 'ARGS_GET', '&', 99).entries);
        assert.deepEqual(
          ours,
          [...new URLSearchParams(text)].map(([name, value]) => [name, value] as const),
        );
      }),
    );
  });
});

describe('a cookie header', () => {
  it('is split without decoding', () => {
    assert.deepEqual(pairs(parseCookies('a=1; b=%41=c;; d;=e', 'REQUEST_COOKIES')), [
      ['a', '1'],
      ['b', '%41=c'],
      ['d', ''],
      ['', 'e'],
    ]);
  });
});

describe('a request target', () => {
  it('is split into path, name and query; the path is decoded once', () => {
    assert.deepEqual(parseRequestTarget('/a%20b/c.php?x=%41#frag'), {
      uri: '/a%20b/c.php?x=%41',
      path: '/a b/c.php',
      basename: 'c.php',
      query: 'x=%41',
    });
  });

  it('loses scheme and host', () => {
    assert.equal(parseRequestTarget('http://h:80/a?b').uri, '/a?b');
    assert.equal(parseRequestTarget('http://h').uri, '/');
    assert.equal(parseRequestTarget('http://h?b').uri, '/?b');
    assert.equal(parseRequestTarget('/?u=http://h/x').uri, '/?u=http://h/x');
  });

  it('has a name after a backslash too', () => {
    assert.equal(parseRequestTarget('/a\\b.exe').basename, 'b.exe');
  });
});

describe('a JSON body', () => {
  const limits = { depthMax: 4, argumentsMax: 10 };
  const parse = (text: string): Entry[] => parseJsonBody(text, 'ARGS_POST', limits);

  it('becomes arguments named by their path', () => {
    const text = '{"a":{"b":[1,true,null,"x"]},"c":-1.5e+3,"":"e","d":[],"f":{}}';
    assert.deepEqual(pairs(parse(text)), [
      ['json.a.b.0', '1'],
      ['json.a.b.1', 'true'],
      ['json.a.b.2', ''],
      ['json.a.b.3', 'x'],
      ['json.c', '-1.5e+3'],
      ['json.', 'e'],
    ]);
    assert.deepEqual(pairs(parse(' "x" ')), [['json', 'x']]);
    assert.deepEqual(pairs(parse('[[1]]')), [['json.0.0', '1']]);
  });

  it('has its escapes decoded to UTF-8 bytes', () => {
    assert.equal(
      parse('"\\u0041\\n\\/\\u00e9\\u20ac\\ud83d\\ude00"')[0]?.value,
      'A\n/\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80',
    );
    assert.equal(parse('"\\ud83dx"')[0]?.value, '\xed\xa0\xbdx');
  });

  const WRONG = [
    '',
    '{',
    '[',
    '{"a":1,}',
    '[1,]',
    '{"a":1,"a":2}',
    '{a:1}',
    "{'a':1}",
    '"a',
    '"\\x"',
    '"\\u12g4"',
    '"a\nb"',
    '01',
    '1.',
    '.5',
    '+1',
    '1e',
    'nul',
    'True',
    '1 2',
    '{"a" 1}',
    '[1 2]',
    '[[[[[1]]]]]',
    '[1,2,3,4,5,6,7,8,9,10,11]',
    '{"a":1}x',
    '\ufeff1',
    'NaN',
    '-',
    '//c\n1',
    '{"a":{"a":1,"\\u0061":2}}',
  ];

  it('is refused where it is not JSON or exceeds a limit', () => {
    assert.ok(WRONG.length >= 30);
    for (const text of WRONG) assert.throws(() => parse(text), RequestBodyError, text);
  });

  it('is taken and refused exactly as JSON.parse does, and with the same leaves', () => {
    const wide = { depthMax: 50, argumentsMax: 10_000 };
    const unit = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      'a',
      '1',
      '0',
      '-',
      '.',
      'e',
      'true',
      'null',
      ' ',
      '\\n',
      '\\',
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.json({ maxDepth: 4 }), fc.string({ unit, maxLength: 14 })),
        (text) => {
          const bytes = Buffer.from(text, 'utf8').toString('latin1');
          let expected: unknown;
          let isJson = true;
          try {
            expected = JSON.parse(text);
          } catch {
            isJson = false;
          }
          let actual: Entry[] | null = null;
          try {
            actual = parseJsonBody(bytes, 'ARGS_POST', wide);
          } catch (error) {
            assert.ok(error instanceof RequestBodyError);
            if (error.message.includes('duplicate key')) return;
          }
          assert.equal(actual !== null, isJson, text);
          if (actual !== null) assert.equal(actual.length, leafCount(expected), text);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function leafCount(value: unknown): number {
  if (value === null || typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, child) => sum + leafCount(child), 0);
}

describe('an XML body', () => {
  const limits = { depthMax: 4, argumentsMax: 10 };
  const read = (text: string, path: string): string[] => {
    const store = new VariableStore();
    store.xml = parseXmlBody(text, limits);
    return xmlVariable(path)
      .read(store)
      .map(({ value }) => value);
  };

  it('gives its text and its attributes by path', () => {
    const text =
      '<?xml version="1.0"?><!-- c --><a x="1&lt;">t<b y=\'2\'>u&#65;&#x42;</b><![CDATA[<v>]]><c/></a>';
    assert.deepEqual(read(text, '/*'), ['tuAB<v>']);
    assert.deepEqual(read(text, '//@*'), ['1<', '2']);
    assert.deepEqual(read(text, '//b'), ['uAB']);
    assert.deepEqual(read(text, '/a/b/text()'), ['uAB']);
    assert.deepEqual(read(text, '/a/b/@y'), ['2']);
    assert.deepEqual(read(text, '/a/@z'), []);
  });

  const WRONG = [
    '',
    'x',
    '<a>',
    '</a>',
    '<a></b>',
    '<a><b></a></b>',
    '<a x=1/>',
    '<a x="1" x="2"/>',
    '<a x="<"/>',
    '<a/><b/>',
    '<a/>x',
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<a>&x;</a>',
    '<a>&amp</a>',
    '<a>&#0;</a>',
    '<a>&#x110000;</a>',
    '<a><!-- </a>',
    '<a x="1"y="2"/>',
    '<a><a><a><a><a/></a></a></a></a>',
    `<a>${'<b/>'.repeat(10)}</a>`,
    '< a/>',
    '<a',
  ];

  it('is refused where it is not well formed, has a document type, or exceeds a limit', () => {
    assert.ok(WRONG.length >= 23);
    for (const text of WRONG)
      assert.throws(() => parseXmlBody(text, limits), RequestBodyError, text);
  });

  it('refuses a path that it does not understand', () => {
    for (const path of ['a', '/', '//', '/a[1]', '/a|/b', '///a', '/a/@x/b', '/ns:a']) {
      assert.throws(() => xmlVariable(path), XPathError, path);
    }
  });
});

describe('a multipart body', () => {
  const TYPE = 'multipart/form-data; boundary=XX';
  const parse = (lines: readonly string[], type = TYPE): MultipartBody =>
    parseMultipartBody(lines.join('\r\n'), type, { partsMax: 3 });
  const part = (disposition: string, value: string): string[] => [
    '--XX',
    `Content-Disposition: form-data; ${disposition}`,
    '',
    value,
  ];

  it('gives fields and files with their headers', () => {
    const body = parse([
      ...part('name="a"', '1\r\n2'),
      ...part('name="f"; filename="x.txt"', 'data'),
      '--XX--',
      '',
    ]);
    assert.equal(body.error, null);
    assert.deepEqual(body.parts, [
      { name: 'a', filename: null, value: '1\r\n2' },
      { name: 'f', filename: 'x.txt', value: 'data' },
    ]);
    assert.deepEqual(body.headers[1], {
      part: 'f',
      line: 'Content-Disposition: form-data; name="f"; filename="x.txt"',
    });
    assert.equal(
      Object.entries(body.flags).filter(([name, raised]) => raised && name !== 'crlfLine').length,
      0,
    );
  });

  it('unescapes quotes and takes tokens', () => {
    assert.equal(parse([...part('name="a\\"b\\\\"', ''), '--XX--']).parts[0]?.name, 'a"b\\');
    assert.equal(parse([...part('name=a', ''), '--XX--']).parts[0]?.name, 'a');
  });

  const FLAGS: readonly (readonly [flag: keyof MultipartBody['flags'], body: MultipartBody])[] = [
    ['dataBefore', parse(['junk', ...part('name="a"', '1'), '--XX--'])],
    ['dataAfter', parse([...part('name="a"', '1'), '--XX--', 'junk'])],
    [
      'lfLine',
      parseMultipartBody('--XX\nContent-Disposition: form-data; name="a"\n\n1\n--XX--\n', TYPE, {
        partsMax: 3,
      }),
    ],
    [
      'headerFolding',
      parse(['--XX', 'Content-Disposition: form-data;', ' name="a"', '', '1', '--XX--']),
    ],
    [
      'invalidHeaderFolding',
      parse(['--XX', 'Content-Disposition: form-data;', '\vname="a"', '', '1', '--XX--']),
    ],
    ['invalidQuoting', parse([...part("name='a'", '1'), '--XX--'])],
    ['unmatchedBoundary', parse([...part('name="a"', '--YY'), '--XX--'])],
    [
      'boundaryQuoted',
      parse([...part('name="a"', '1'), '--XX--'], 'multipart/form-data; boundary="XX"'),
    ],
    [
      'boundaryWhitespace',
      parse([...part('name="a"', '1'), '--XX--'], 'multipart/form-data; boundary =XX'),
    ],
    [
      'missingSemicolon',
      parse([...part('name="a"', '1'), '--XX--'], 'multipart/form-data boundary=XX'),
    ],
  ];

  it('raises a flag for what a strict reader objects to', () => {
    assert.equal(FLAGS.length, 10);
    for (const [flag, body] of FLAGS) assert.equal(body.flags[flag], true, flag);
  });

  const WRONG: readonly (readonly [reason: string, body: MultipartBody])[] = [
    ['Final boundary missing', parse([...part('name="a"', '1')])],
    ['No boundaries', parse(['junk'])],
    ['Content-Disposition header', parse(['--XX', 'X: y', '', '1', '--XX--'])],
    ['Duplicate part header', parse(['--XX', 'A: 1', 'a: 2', '', '1', '--XX--'])],
    ['colon missing', parse(['--XX', 'A', '', '1', '--XX--'])],
    ['header name missing', parse(['--XX', ': a', '', '1', '--XX--'])],
    ['contains invalid character', parse(['--XX', 'A b: c', '', '1', '--XX--'])],
    ['Nul byte', parse(['--XX', 'A: \0', '', '1', '--XX--'])],
    ['no name', parse([...part('filename="a"', '1'), '--XX--'])],
    ['duplicate parameter', parse([...part('name="a"; name="b"', '1'), '--XX--'])],
    ['unknown parameter', parse([...part('name="a"; filename*=b', '1'), '--XX--'])],
    ['never closed', parse([...part('name="a', '1'), '--XX--'])],
    ['a semicolon is missing', parse([...part('name="a" x', '1'), '--XX--'])],
    [
      'Too many parts',
      parse(['a', 'b', 'c', 'd'].flatMap((name) => part(`name="${name}"`, '1')).concat('--XX--')),
    ],
    ['Invalid boundary', parse(['--XXjunk', ''])],
    ['Part headers are never ended', parse(['--XX', 'A: b', '--XX--'])],
    ['more than one parameter', parse([], 'multipart/form-data; boundary=a; boundary=b')],
    ['missing', parse([], 'multipart/form-data')],
    ['case sensitivity', parse([], 'multipart/form-data; Boundary=a')],
    ['characters', parse([], 'multipart/form-data; boundary=a;b')],
    ['quote', parse([], 'multipart/form-data; boundary="a')],
    ['empty', parse([], 'multipart/form-data; boundary=')],
    ['malformed', parse([], 'multipart/form-data; x=y; boundary=a')],
    ['length', parse([], `multipart/form-data; boundary=${'a'.repeat(1024)}`)],
  ];

  it('is refused where it is ambiguous, with what was read before', () => {
    assert.equal(WRONG.length, 24);
    for (const [reason, { error, flags }] of WRONG) {
      assert.ok(error?.includes(reason) === true, `${reason}: ${error}`);
      assert.equal(flags.error, true);
    }
  });
});
