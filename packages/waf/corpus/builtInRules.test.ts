import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CorpusRequest } from './corpusRequest.ts';
import { benignRequests } from './benign/benign.ts';
import { attackRequests } from './attacks/attacks.ts';
import { judge } from './judge.ts';
import { builtInRules, compileChoice } from './rules.ts';
import { compile } from '../src/index.ts';

const json = (text: string): CorpusRequest => ({
  method: 'POST',
  target: '/v2/video/storyboard',
  contentType: 'application/json',
  body: JSON.stringify({ scenes: [{ text }] }),
});
const named = (name: string): CorpusRequest => ({
  ...json('x'),
  body: JSON.stringify({ [name]: 'x' }),
});
const get = (target: string): CorpusRequest => ({
  method: 'GET',
  target,
  contentType: '',
  body: '',
});
const withHeader = (name: string, value: string): CorpusRequest => ({
  ...get('/v1/jobs'),
  headers: [[name, value]],
});

/** For each rule a request that it must match, and one near to it that no rule may match. */
const CASES: readonly (readonly [
  ruleId: number,
  attack: CorpusRequest,
  harmless: CorpusRequest,
])[] = [
  [220100, json("x' or 1=1--"), json("the Smiths' or the Joneses' house")],
  [220110, get("/v1/jobs/1'%20or%20'1'='1"), get("/v1/jobs/o'brien")],
  [
    220120,
    json('Text first. UNION ALL SELECT NULL, NULL'),
    json('Union Square: select one of two'),
  ],
  [220130, json('and then xp_cmdshell runs'), json('The information schema of a company')],
  [220200, named('$where'), named('price_$')],
  [220210, json('{"$ne": null}'), json('{"name": null}')],
  [220300, json('*)(uid=*))(|(uid=*'), json('(a) or (b); see (c)')],
  [220400, json("x' or count(/*)=1 or 'a'='b"), json("he' said or count (to ten)")],
  [230100, json('<img src=x onerror=alert(1)>'), json('The <b>img</b> tag has an onerror handler')],
  [230110, get('/v1/%3Csvg/onload=alert(1)%3E'), get('/v1/svg')],
  [230120, json('then (document.cookie) is sent'), json('Every document. Cookie banners too')],
  [230200, json('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]>'), json('<!DOCTYPE html>')],
  [240100, json('x; cat /etc/hostname'), json('Buy a cat; cat food is extra')],
  [240110, json('x; whoami'), json('Who am I? whoami tells')],
  [240120, json('x ${IFS} y'), json('If so, $ifsbut')],
  [240200, json("<?php system('id'); ?>"), json('The exec (of a company) and its system')],
  [240210, json('${jndi:ldap://a.example/b}'), json('Java: lang and util')],
  [240220, json("require('child_process')"), json('We require a child process')],
  [240230, json("__import__('os')"), json('Please import os data')],
  [250100, json('{{7*7}}'), json('Hi {{first_name}}!')],
  [250110, json('{% include "x" %}'), json('{50% off}')],
  [250120, json('${T(java.lang.Runtime)}'), json('${price}')],
  [250130, json('<%= 7*7 %>'), json('<% of all people')],
  [260100, json('../../secret/file'), json('and so on... / or so')],
  [260110, get('/v1/%2e%2e/%2e%2e/secret'), get('/v1/a..b')],
  [260120, json('%2e%2e%2fsecret'), json('20%2e')],
  [260130, json('see /etc/passwd'), json('see /etc or etc.')],
  [260140, json('php://filter/x'), json('php: // a comment')],
  [270100, json('http://127.0.0.1/a'), json('Open http://127.0.0.1 in your browser')],
  [270110, json('go to 169.254.169.254 now'), json('version 169.254.1')],
  [270120, json('gopher://a.example/'), json('a gopher: //dug')],
  [270130, json('http://10.0.0.1.nip.io/'), json('https://nip.example/')],
  [270140, json('http://a.example#@b.example/'), json('http://a.example/#b')],
  [280100, json('x\r\nSet-Cookie: a=b'), json('Recipe:\nSet cookie dough aside')],
  [
    280110,
    get('/v1/jobs?a=x%0d%0aLocation:%20https://a.example'),
    get('/v1/jobs?a=Location:%20Paris'),
  ],
  [280120, json('0\r\n\r\nGET /admin HTTP/1.1'), json('Get / post over HTTP/2')],
  [280130, json('a\r\nTo: a@b.example\r\nBcc: c@d.example'), json('From: Ann\nTo: Bob')],
  [280140, json('a\u0000b'), json('a 0 b')],
  [280150, withHeader('X-Note', 'a\u0001b'), withHeader('X-Note', 'ab')],
  [280160, withHeader('Transfer-Encoding', 'xchunked'), withHeader('Transfer-Encoding', 'chunked')],
  [280170, withHeader('Content-Length', '+5'), withHeader('Content-Length', '0')],
  [280180, json('x\r\nRCPT TO: <a@b.example>'), json('Mail from:\nAnn')],
  [280190, json('<!--#exec cmd="id"-->'), json('<!-- # a heading -->')],
  [285100, withHeader('User-Agent', 'sqlmap/1.8'), withHeader('User-Agent', 'curl/8.9')],
  [285110, get('/.git/config'), get('/v1/git/config')],
];

describe('the built-in rules', () => {
  const ruleset = compile(builtInRules(), { mode: 'On' });

  it('have no warning, and ids in their own range', () => {
    assert.deepEqual(ruleset.warnings, []);
    const own = ruleset.rules.filter(({ id }) => id >= 210_000);
    assert.ok(own.length >= 50);
    assert.ok(own.every(({ id }) => id < 300_000));
  });

  it('are all tried here', () => {
    const detecting = ruleset.rules
      .map(({ id }) => id)
      .filter((id) => id >= 220_000 && id < 290_000);
    assert.deepEqual(
      CASES.map(([id]) => id),
      detecting,
    );
  });

  for (const [ruleId, attack, harmless] of CASES) {
    it(`${ruleId} refuses what it is for and passes what is near to it`, () => {
      const refused = judge(ruleset, attack);
      assert.ok(refused.ruleIds.includes(ruleId), `matched ${refused.ruleIds.join(' ')}`);
      assert.equal(refused.status, 403);
      assert.deepEqual(judge(ruleset, harmless).reasons, []);
    });
  }

  it('refuse at the threshold and not below', () => {
    const lenient = compile(builtInRules(), { mode: 'On', inboundThreshold: 11 });
    const attack = json("x' or 1=1--");
    assert.equal(judge(lenient, attack).blocked, false);
    assert.equal(judge(lenient, attack).ruleIds.includes(220_100), true);
  });

  it('give the same answers with and without shortcuts', () => {
    const naive = compile(builtInRules(), { mode: 'On', naive: true });
    const sample = [
      ...benignRequests(3, 60),
      ...[...attackRequests()].filter((_, index) => index % 97 === 0),
    ];
    assert.ok(sample.length >= 120);
    const fast = compile(builtInRules(), { mode: 'On' });
    for (const request of sample) assert.deepEqual(judge(fast, request), judge(naive, request));
  });

  it('find what is wrapped when deep decoding is on', () => {
    const wrapped = json(Buffer.from("x' union select 1,2--").toString('base64'));
    assert.equal(judge(ruleset, wrapped).blocked, false);
    assert.equal(judge(compileChoice('built-in'), wrapped).blocked, true);
  });

  it('look at an argument that is said to be proven when it could hold an attack', () => {
    const proven = new Set(['json.scenes.0.text']);
    assert.equal(judge(ruleset, { ...json("x' or 1=1--"), proven }).blocked, true);
  });
});
