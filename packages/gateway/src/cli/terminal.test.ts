import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from './table.ts';
import { plain, Terminal, type TerminalOptions } from './terminal.ts';

function terminal(options: Partial<TerminalOptions> & { isTTY?: boolean; columns?: number } = {}) {
  const written: string[] = [];
  const stream = {
    write: (text: string) => {
      written.push(text);
      return true;
    },
    ...(options.isTTY && { isTTY: true }),
    ...(options.columns !== undefined && { columns: options.columns }),
  } as TerminalOptions['stdout'];
  const made = new Terminal({
    stdout: stream,
    stderr: stream,
    environment: {},
    form: null,
    utc: true,
    ...options,
  });
  return { terminal: made, written };
}

test('a person gets tables, a pipe JSON, and what is said wins', () => {
  assert.equal(terminal({ isTTY: true }).terminal.form, 'table');
  assert.equal(terminal().terminal.form, 'json');
  assert.equal(terminal({ form: 'table' }).terminal.form, 'table');
  assert.equal(terminal({ isTTY: true, form: 'json' }).terminal.form, 'json');
});

test('colour is for terminals, and not where NO_COLOR or TERM=dumb is set', () => {
  const shown = (options: Parameters<typeof terminal>[0]) =>
    terminal(options).terminal.paint('good', 'x');
  assert.equal(shown({ isTTY: true }), '\u001b[32mx\u001b[39m');
  assert.equal(shown({}), 'x');
  assert.equal(shown({ isTTY: true, environment: { NO_COLOR: '1' } }), 'x');
  assert.equal(shown({ isTTY: true, environment: { TERM: 'dumb' } }), 'x');
});

test('text of others cannot steer the terminal', () => {
  assert.equal(plain('a\u001b[31mb\u001b]0;title\u0007c'), 'abc');
  for (const mark of ['\n', '\r', '\u0000', '\u009b', '\u202e', '\u200b', '\u2028']) {
    assert.ok(!plain(`a${mark}b`).includes(mark), JSON.stringify(mark));
  }
});

test('a time is shown in UTC when asked', () => {
  assert.equal(terminal().terminal.time('2026-11-24T12:00:03.456Z'), '2026-11-24 12:00:03Z');
});

test('a table fits the terminal: the columns that can give way do so first', () => {
  const rows = [{ id: 'k1', text: 'x'.repeat(100) }];
  const lines = table(terminal({ columns: 40 }).terminal, rows, [
    { title: 'ID', cell: ({ id }) => id },
    { title: 'TEXT', cell: ({ text }) => text, yields: true },
    { title: 'END', cell: () => 'end' },
  ]);
  for (const line of lines) assert.ok(line.length <= 40, line);
  assert.match(lines[1]!, /^k1 {2}x+… {2}end$/);
});
