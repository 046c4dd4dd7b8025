import type { SqlLexer } from './sqlLexer.ts';
import type { SqlToken } from './sqlToken.ts';
import { LITERAL_WORD } from './vocabulary.ts';

const DEFINABLE = new Set(
  'table database view schema user procedure function index trigger role login extension alias sequence'.split(
    ' ',
  ),
);
const SKIPPED = new Set([
  'all',
  'distinct',
  'top',
  'if',
  'exists',
  'or',
  'replace',
  'temporary',
  'temp',
  'only',
  'sql_no_cache',
]);

/** How certain the list after SELECT makes it that this is a query and not prose. */
export type SelectList = 'certain' | 'possible' | 'none';

/** Reads on after the word SELECT; the lexer stands behind what was read. */
export function readSelectList(lexer: SqlLexer): SelectList {
  let token = nextPastSkipped(lexer);
  while (token.kind === 'open' || (token.kind === 'operator' && '+-~!@'.includes(token.text)))
    token = lexer.next();
  switch (token.kind) {
    case 'number':
    case 'string':
    case 'variable':
      return 'certain';
    case 'operator':
      return token.text === '*' ? 'certain' : 'none';
    case 'word':
      return selectListFromWord(token, lexer);
    default:
      return 'none';
  }
}

function selectListFromWord(first: SqlToken, lexer: SqlLexer): SelectList {
  if (LITERAL_WORD.has(first.text) || first.text === 'case' || first.text === 'select')
    return 'certain';
  let next = lexer.next();
  if (next.kind === 'open') return 'certain';
  while (next.kind === 'comma') {
    if (lexer.next().kind !== 'word') return 'certain';
    next = lexer.next();
  }
  if (next.kind === 'operator') return next.text === '||' || next.text === '+' ? 'certain' : 'none';
  if (next.kind !== 'word' || next.text !== 'from')
    return isStatementEnd(next) ? 'possible' : 'none';
  const table = lexer.next();
  if (table.kind !== 'word' && table.kind !== 'open') return 'none';
  if (table.text.includes('.') || table.kind === 'open') return 'certain';
  const after = lexer.next();
  return isStatementEnd(after) || after.kind === 'close' || isClause(after) ? 'certain' : 'none';
}

/** The reason when a statement that changes or runs something begins at the lexer's position. */
export function readStackedStatement(lexer: SqlLexer): string | null {
  const head = lexer.next();
  if (head.kind !== 'word') return null;
  const proven = isStatement(head.text, lexer);
  return proven ? `stacked-${head.text}` : null;
}

/** The reason when a procedure call or a declaration begins here; safe to ask at the start of a value. */
export function readBareStatement(lexer: SqlLexer): string | null {
  const head = lexer.next();
  if (head.kind !== 'word' || !BARE_HEADS.has(head.text)) return null;
  return isStatement(head.text, lexer) ? `statement-${head.text}` : null;
}

const BARE_HEADS = new Set(['exec', 'execute', 'declare', 'waitfor']);

function isStatement(head: string, lexer: SqlLexer): boolean {
  switch (head) {
    case 'select':
      return readSelectList(lexer) === 'certain';
    case 'drop':
      return DEFINABLE.has(nextWord(lexer)) && isNameThen(lexer, ['cascade', 'restrict', 'purge']);
    case 'truncate':
      return nextWord(lexer) === 'table' && isNameThen(lexer, ['cascade']);
    case 'delete':
      return nextWord(lexer) === 'from' && isNameThen(lexer, ['where', 'using', 'limit']);
    case 'insert':
    case 'replace':
    case 'merge':
      return (
        nextWord(lexer) === 'into' &&
        isNameThen(lexer, ['values', 'select', 'set', 'using', 'default'], true)
      );
    case 'update':
      return lexer.next().kind === 'word' && nextWord(lexer) === 'set' && isAssignment(lexer);
    case 'set':
      return lexer.next().kind === 'variable';
    case 'alter':
      return (
        DEFINABLE.has(nextWord(lexer)) &&
        isNameThen(lexer, [
          'add',
          'drop',
          'modify',
          'rename',
          'with',
          'identified',
          'alter',
          'set',
          'change',
          'owner',
        ])
      );
    case 'create':
      return (
        DEFINABLE.has(nextPastSkipped(lexer).text) &&
        isNameThen(lexer, ['as', 'identified', 'with', 'for', 'on', 'returns', 'password'], true)
      );
    case 'exec':
    case 'execute':
    case 'call':
      return isProcedure(lexer);
    case 'declare':
      return lexer.next().kind === 'variable';
    case 'waitfor':
      return isWaitFor(lexer);
    case 'shutdown':
      return isStatementEnd(lexer.next());
    case 'copy':
      return (
        lexer.next().kind === 'word' &&
        ['from', 'to'].includes(nextWord(lexer)) &&
        isProgramOrString(lexer.next())
      );
    case 'load':
      return nextWord(lexer) === 'data';
    case 'attach':
      return nextWord(lexer) === 'database' && lexer.next().kind === 'string';
    case 'grant':
      return nextWord(lexer) === 'all' && ['on', 'privileges', 'to'].includes(nextWord(lexer));
    case 'begin':
      return isBlock(lexer.next(), lexer);
    default:
      return false;
  }
}

/** WAITFOR DELAY '…' or WAITFOR TIME '…', the lexer standing after WAITFOR. */
export function isWaitFor(lexer: SqlLexer): boolean {
  const unit = nextWord(lexer);
  if (unit !== 'delay' && unit !== 'time') return false;
  const when = lexer.next();
  return when.kind === 'string' || when.kind === 'variable';
}

/** Whether the statement is over with this token. */
export function isStatementEnd(token: SqlToken): boolean {
  return token.kind === 'end' || token.kind === 'comment' || token.kind === 'semicolon';
}

function isClause(token: SqlToken): boolean {
  return (
    token.kind === 'word' &&
    ['where', 'limit', 'order', 'group', 'having', 'union', 'into', 'join'].includes(token.text)
  );
}

/** BEGIN of Oracle's or SQL Server's procedural blocks. */
function isBlock(first: SqlToken, lexer: SqlLexer): boolean {
  return (
    first.text.startsWith('dbms_') || (first.text === 'declare' && lexer.next().kind === 'variable')
  );
}

function isProcedure(lexer: SqlLexer): boolean {
  const name = lexer.next();
  if (name.kind === 'open') return ['string', 'variable'].includes(lexer.next().kind);
  if (name.kind === 'string' || name.kind === 'variable') return true;
  const last = name.text.slice(name.text.lastIndexOf('.') + 1);
  return (
    name.kind === 'word' &&
    (last.startsWith('xp_') || last.startsWith('sp_') || lexer.next().kind === 'string')
  );
}

function isProgramOrString(token: SqlToken): boolean {
  return token.kind === 'string' || token.text === 'program';
}

function isAssignment(lexer: SqlLexer): boolean {
  const name = lexer.next();
  return name.kind === 'word' && lexer.next().text === '=';
}

function isNameThen(lexer: SqlLexer, words: readonly string[], parenthesis = false): boolean {
  const name = nextPastSkipped(lexer);
  if (name.kind !== 'word' && name.kind !== 'string') return false;
  const after = lexer.next();
  if (isStatementEnd(after)) return true;
  if (after.kind === 'open') return parenthesis;
  return after.kind === 'word' && words.includes(after.text);
}

function nextWord(lexer: SqlLexer): string {
  const token = lexer.next();
  return token.kind === 'word' ? token.text : '';
}

function nextPastSkipped(lexer: SqlLexer): SqlToken {
  let token = lexer.next();
  while (token.kind === 'word' && SKIPPED.has(token.text)) token = lexer.next();
  return token;
}
