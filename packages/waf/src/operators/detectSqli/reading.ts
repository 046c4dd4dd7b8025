import type { Budget } from '../../regex/regex.ts';
import type { Boundary } from './boundary.ts';
import { isForegone, operandOf, type Operand } from './operand.ts';
import type { SqlLexer } from './sqlLexer.ts';
import type { SqlToken } from './sqlToken.ts';
import { isStatementEnd, isWaitFor, readSelectList, readStackedStatement } from './statement.ts';
import type { VisitedPositions } from './visitedPositions.ts';
import {
  COMPARISON,
  CONDITIONAL_CALL,
  CONNECTIVE,
  DANGEROUS_CALL,
  LITERAL_WORD,
  LOGIC,
  POSTFIX,
  PREFIX,
  SET_OPERATION,
  SQL_CALL,
  SYSTEM_SCHEMA,
  WORD_OPERATOR,
} from './vocabulary.ts';

const UNARY = '+-!~\\';
const MERGE_AFTER_TOKENS = 8;
/** Prose breaks a reading this early; only what goes on is counted against the limit of a value. */
const SHALLOW_TOKENS = 3;

/** How a reading ended: at the end of the value, at a comment, in an open string, or where SQL breaks off. */
export type Ending = 'end' | 'comment' | 'openString' | 'break';

interface Frame {
  readonly call: boolean;
  readonly left: Operand | null;
  readonly comparison: string | null;
}

/**
 * Reads a value as the continuation of an SQL expression from one boundary, as far as it is one, and
 * collects what that reading proves. It accepts more than any one dialect does; prose breaks it early
 * because prose puts word after word where SQL wants an operator.
 */
export class Reading {
  /** Proof that needs no look at the rest, or null. */
  proof: string | null = null;
  ending: Ending = 'end';
  endingText = '';
  tokens = 0;
  logic = 0;
  operators = 0;
  comparisons = 0;
  /** A condition with a foregone outcome stood after AND, OR, HAVING or WHEN. */
  foregone = false;
  /** The same, before any logic: arithmetic prose such as `5 > 3 and 2 < 4`. */
  foregoneBeforeLogic = false;
  /** Functions that only SQL has, or a subquery, stood in the expression. */
  query = false;
  clause: string | null = null;
  commaBeforeLogic = false;
  startsWithOperator = false;
  /** A word of at least two ASCII letters stood where a value is expected. */
  sawWord = false;
  firstOperand: Operand | null = null;
  lastOperand: Operand | null = null;

  readonly #lexer: SqlLexer;
  readonly #boundary: Boundary;
  readonly #budget: Budget;
  readonly #visits: VisitedPositions;
  readonly #frames: Frame[] = [];
  #expectsOperand: boolean;
  #left: Operand | null;
  #comparison: string | null = null;
  #between = false;
  #commas = 0;
  #inQuery = false;
  #aliasAllowed = false;

  constructor(lexer: SqlLexer, boundary: Boundary, budget: Budget, visits: VisitedPositions) {
    this.#lexer = lexer;
    this.#boundary = boundary;
    this.#budget = budget;
    this.#visits = visits;
    this.#expectsOperand = boundary.quoting === 'raw';
    this.#left = boundary.quoting === 'raw' ? null : { kind: 'literal', text: '' };
  }

  run(): this {
    this.#lexer.position = this.#boundary.position;
    let goesOn = true;
    while (goesOn && this.proof === null && this.#budget.left >= 0) {
      if (!this.#expectsOperand && this.#lexer.standsBeforeString()) return this.#stop('break');
      if (this.tokens > SHALLOW_TOKENS && this.#visits.isSpent()) return this.#exceed();
      const token = this.#lexer.next();
      this.tokens++;
      if (this.tokens > MERGE_AFTER_TOKENS && this.#visits.seen(token.start, this.#expectsOperand))
        return this.#stop('break');
      goesOn = this.#expectsOperand ? this.#readOperand(token) : this.#readOperator(token);
    }
    return this;
  }

  /** SQL-like text without end. A plain list of numbers or words may be long; anything else is refused. */
  #exceed(): this {
    const isList = this.#boundary.quoting === 'raw' && this.logic + this.operators === this.#commas;
    if (!isList) this.proof = 'excess';
    return this.#stop('break');
  }

  #stop(ending: Ending, text = ''): this {
    this.ending = ending;
    this.endingText = text;
    return this;
  }

  #end(ending: Ending, text = ''): false {
    this.#stop(ending, text);
    return false;
  }

  #prove(reason: string): false {
    this.proof = reason;
    return false;
  }

  // What stands where a value is expected.

  #readOperand(token: SqlToken): boolean {
    switch (token.kind) {
      case 'number':
      case 'string':
      case 'variable':
        return this.#literal(token);
      case 'word':
        return this.#wordAsOperand(token);
      case 'open':
        return this.#open(false);
      case 'close':
        return this.#close();
      case 'operator':
        return this.#operatorAsOperand(token);
      case 'semicolon':
        return this.tokens === 1 ? this.#semicolon() : this.#end('break');
      case 'comment':
        return this.#end('break');
      default:
        return this.#end('break');
    }
  }

  #literal(token: SqlToken): boolean {
    const operand = operandOf(token);
    if (operand === null) return this.#end('break');
    if (this.#comparison === 'is' || this.#comparison === 'in') return this.#end('break');
    if (token.kind === 'string') this.#visits.noteClosing(token.end);
    this.#arrive(operand);
    return token.closed || this.#end('openString', token.text);
  }

  #operatorAsOperand(token: SqlToken): boolean {
    if (UNARY.includes(token.text)) return true;
    if (token.text === '*') {
      this.#arrive({ kind: 'group', text: '*' });
      return true;
    }
    return this.tokens === 1 ? this.#startOfRaw(token) : this.#end('break');
  }

  /** A raw value may begin with what continues the application's own expression: `|| 1=1`. */
  #startOfRaw(token: SqlToken): boolean {
    if (!LOGIC.has(token.text)) return this.#end('break');
    this.#expectsOperand = false;
    return this.#readOperator(token);
  }

  #wordAsOperand(token: SqlToken): boolean {
    const word = token.text;
    if (word === 'select') return this.#subquery();
    if (this.#isCall()) return this.#call(word);
    if (PREFIX.has(word)) {
      if (word === 'when') this.logic++;
      if (word === 'case') this.#inQuery = true;
      return true;
    }
    const continues = LOGIC.has(word) || SET_OPERATION.has(word) || CONNECTIVE.has(word);
    if (continues && this.tokens > 1) return this.#end('break');
    if (continues) {
      this.#expectsOperand = false;
      return this.#readOperator(token);
    }
    if (this.#comparison === 'is' && !LITERAL_WORD.has(word)) return this.#end('break');
    if (word.length > 1 && word.charCodeAt(0) < 128) this.sawWord = true;
    this.#arrive(operandOf(token) ?? { kind: 'column', text: word });
    return true;
  }

  #isCall(): boolean {
    const before = this.#lexer.position;
    const isCall = this.#lexer.next().kind === 'open';
    this.#lexer.position = before;
    return isCall;
  }

  #call(name: string): boolean {
    const alone = this.tokens === 1 && this.#boundary.quoting === 'raw';
    if (isDangerous(name)) {
      if (!alone) return this.#prove(`call-${name}`);
      this.clause = `call-${name}`;
    }
    const base = name.slice(name.lastIndexOf('.') + 1);
    if (SQL_CALL.has(base) && !alone) this.query = true;
    this.#lexer.next();
    if (CONDITIONAL_CALL.has(name)) this.logic++;
    return this.#open(true);
  }

  #open(call: boolean): true {
    this.#frames.push({ call, left: this.#left, comparison: this.#comparison });
    this.#left = null;
    this.#comparison = null;
    this.#expectsOperand = true;
    return true;
  }

  /** A closing parenthesis; one too many closes what the application opened. */
  #close(): boolean {
    const frame = this.#frames.pop();
    if (frame === undefined) {
      if (this.#expectsOperand && this.tokens > 1) return this.#end('break');
      this.#expectsOperand = false;
      return true;
    }
    if (this.#expectsOperand && !frame.call) return this.#end('break');
    const inner = this.#left;
    this.#left = frame.left;
    this.#comparison = frame.comparison;
    this.#arrive(frame.call ? { kind: 'call', text: '' } : (inner ?? { kind: 'group', text: '' }));
    this.#aliasAllowed = this.#inQuery && !frame.call;
    return true;
  }

  /** SELECT where a value is expected: a subquery if its list is one. */
  #subquery(): boolean {
    const before = this.#lexer.position;
    const list = readSelectList(this.#lexer);
    this.#lexer.position = before;
    const leads =
      this.tokens === 1 || (this.#boundary.quoting === 'raw' && this.operators + this.logic === 0);
    if (list === 'certain' && !leads) return this.#prove('subquery');
    if (list === 'certain' && this.#frames.length > 0) this.clause = 'subquery';
    this.#inQuery = true;
    return true;
  }

  #arrive(operand: Operand): void {
    this.firstOperand ??= operand;
    this.lastOperand = operand;
    this.#aliasAllowed = false;
    if (
      this.#comparison !== null &&
      this.#left !== null &&
      isForegone(this.#left, operand, this.#boundary.quoting)
    ) {
      if (this.logic > 0) this.foregone = true;
      else this.foregoneBeforeLogic = true;
    }
    this.#comparison = null;
    this.#left = operand;
    this.#expectsOperand = false;
  }

  // What stands after a value.

  #readOperator(token: SqlToken): boolean {
    if (this.tokens === 1 && token.kind !== 'close')
      this.startsWithOperator = token.kind === 'operator';
    switch (token.kind) {
      case 'operator':
        return this.#symbol(token.text);
      case 'word':
        return this.#wordAsOperator(token.text);
      case 'comma':
        if (this.logic === 0 && this.#frames.length === 0) this.commaBeforeLogic = true;
        this.operators++;
        this.#commas++;
        this.#left = null;
        this.#expectsOperand = true;
        return true;
      case 'close':
        return this.#close();
      case 'semicolon':
        return this.#semicolon();
      case 'comment':
        return this.#end('comment', token.text);
      case 'end':
        return this.#end('end');
      default:
        return this.#end('break');
    }
  }

  #symbol(symbol: string): boolean {
    if (LOGIC.has(symbol)) return this.#logic();
    if (symbol === '!' || symbol === '\\') return this.#end('break');
    this.operators++;
    this.#expectsOperand = true;
    if (COMPARISON.has(symbol)) {
      this.comparisons++;
      this.#comparison = symbol;
    }
    return true;
  }

  #logic(): true {
    if (this.#between) this.#between = false;
    else this.logic++;
    this.#left = null;
    this.#expectsOperand = true;
    return true;
  }

  #wordAsOperator(word: string): boolean {
    if (LOGIC.has(word)) return this.#logic();
    if (COMPARISON.has(word)) return this.#wordComparison(word);
    if (word === 'not' || WORD_OPERATOR.has(word)) {
      this.#expectsOperand = word !== 'not';
      return true;
    }
    if (SET_OPERATION.has(word)) return this.#setOperation(word);
    const quoted = this.#boundary.quoting !== 'raw';
    if (quoted && isDangerous(word) && this.#isCall()) return this.#prove(`call-${word}`);
    if (word === 'waitfor')
      return isWaitFor(this.#lexer) ? this.#prove('waitfor') : this.#end('break');
    return this.#clauseWord(word);
  }

  #wordComparison(word: string): boolean {
    this.comparisons++;
    this.operators++;
    this.#comparison = word;
    this.#expectsOperand = true;
    if (word === 'between') this.#between = true;
    return true;
  }

  #clauseWord(word: string): boolean {
    switch (word) {
      case 'order':
      case 'group':
        return this.#orderBy(word);
      case 'procedure':
        return this.#lexer.next().text === 'analyse'
          ? this.#prove('procedure-analyse')
          : this.#end('break');
      case 'into':
        return this.#into();
      case 'having':
      case 'where':
      case 'when':
        this.logic++;
        this.#left = null;
        this.#expectsOperand = true;
        return true;
      case 'limit':
        this.clause = 'limit';
        this.#expectsOperand = true;
        return true;
    }
    if (CONNECTIVE.has(word) && (this.#inQuery || this.#frames.length > 0)) {
      this.#left = null;
      this.#expectsOperand = true;
      return true;
    }
    if (POSTFIX.has(word) && this.#inQuery) return true;
    if (!this.#aliasAllowed) return this.#end('break');
    this.#aliasAllowed = false;
    return true;
  }

  #setOperation(word: string): boolean {
    let token = this.#lexer.next();
    for (let skipped = 0; skipped < 8 && isBeforeSelect(token); skipped++)
      token = this.#lexer.next();
    if (token.kind !== 'word' || token.text !== 'select') return this.#end('break');
    const list = readSelectList(this.#lexer);
    const prose = this.#boundary.quoting === 'raw' && this.firstOperand?.kind === 'column';
    return list === 'certain' || (list === 'possible' && !prose)
      ? this.#prove(`${word}-select`)
      : this.#end('break');
  }

  #orderBy(word: string): boolean {
    if (this.#lexer.next().text !== 'by') return this.#end('break');
    const column = this.#lexer.next();
    if (column.kind === 'number') {
      const after = this.#lexer.next();
      if (isStatementEnd(after) || after.kind === 'comma') return this.#prove(`${word}-by`);
      return this.#end('break');
    }
    if (column.kind !== 'word') return this.#end('break');
    this.clause = `${word}-by`;
    this.#arrive({ kind: 'column', text: column.text });
    return true;
  }

  #into(): boolean {
    const target = this.#lexer.next();
    if (target.text !== 'outfile' && target.text !== 'dumpfile' && target.kind !== 'variable')
      return this.#end('break');
    const file = this.#lexer.next();
    return target.kind === 'variable' || file.kind === 'string' || file.kind === 'number'
      ? this.#prove('into-file')
      : this.#end('break');
  }

  #semicolon(): boolean {
    const before = this.#lexer.position;
    const stacked = readStackedStatement(this.#lexer);
    if (stacked !== null) return this.#prove(stacked);
    this.#lexer.position = before;
    const next = this.#lexer.next();
    return this.#end(
      next.kind === 'comment' ? 'comment' : next.kind === 'end' ? 'end' : 'break',
      next.kind === 'comment' ? next.text : '',
    );
  }
}

function isBeforeSelect(token: SqlToken): boolean {
  if (token.kind === 'open') return true;
  if (token.kind === 'operator') return token.text === '+';
  return token.kind === 'word' && (token.text === 'all' || token.text === 'distinct');
}

function isDangerous(name: string): boolean {
  if (DANGEROUS_CALL.has(name)) return true;
  const dot = name.lastIndexOf('.');
  if (dot < 0) return false;
  const base = name.slice(dot + 1);
  const schema = name.slice(0, name.indexOf('.'));
  return (
    (SYSTEM_SCHEMA.has(schema) || base.startsWith('xp_')) &&
    (DANGEROUS_CALL.has(base) || DANGEROUS_CALL.has(name.slice(name.indexOf('.') + 1)))
  );
}
