import type { Boundary } from './boundary.ts';
import type { Reading } from './reading.ts';

const COMMENT_JUNK_MAX = 8;
const OPEN_STRING_MAX = 40;
const QUOTE = ["'", '"', '`'];

/** The reason why a reading is an injection, or null. */
export function judge(reading: Reading, boundary: Boundary): string | null {
  if (reading.proof !== null) return reading.proof;
  return boundary.quoting === 'raw' ? judgeRaw(reading) : judgeQuoted(reading, boundary);
}

function judgeRaw(reading: Reading): string | null {
  if (reading.ending === 'break') return null;
  if (reading.ending === 'openString')
    return reading.foregone && endsInOpenString(reading) ? 'tautology' : null;
  if (reading.clause?.startsWith('call-') === true || reading.clause === 'subquery')
    return reading.clause;
  if (reading.logic === 0 || reading.commaBeforeLogic || reading.foregoneBeforeLogic) return null;
  if (reading.foregone) return 'tautology';
  if (!startsWithNumber(reading)) return null;
  if (reading.query) return 'function-in-condition';
  if (endsInComment(reading) && reading.lastOperand?.kind !== 'column') return 'condition-comment';
  return reading.comparisons > 0 && reading.lastOperand?.kind === 'literal' ? 'condition' : null;
}

function startsWithNumber(reading: Reading): boolean {
  const first = reading.firstOperand;
  return first?.kind === 'literal' && first.text >= '0' && first.text < ':';
}

function judgeQuoted(reading: Reading, boundary: Boundary): string | null {
  const complete = reading.ending !== 'break';
  if (boundary.odd || complete) {
    if (reading.foregone) return 'tautology';
    if (reading.logic > 0 && reading.query) return 'function-in-condition';
  }
  if (!boundary.odd) return null;
  if (endsInComment(reading)) return judgeCommented(reading, boundary);
  if (endsInOpenString(reading)) return judgeBalanced(reading, boundary);
  return null;
}

/** `admin'--`, `x' or 1#`, `x' limit 1--`: the rest of the application's query is cut off. */
function judgeCommented(reading: Reading, boundary: Boundary): string | null {
  if (reading.tokens <= 3 && reading.lastOperand === null && reading.logic === 0)
    return isCutOff(reading, boundary) ? 'quote-comment' : null;
  if (reading.clause !== null) return `${reading.clause}-comment`;
  const bareColumn = reading.lastOperand?.kind === 'column' && reading.comparisons === 0;
  if (reading.logic > 0 && !bareColumn) return 'condition-comment';
  return boundary.glued && reading.operators > 0 && reading.lastOperand !== null
    ? 'expression-comment'
    : null;
}

/** A lone comment mark cuts off a query when the quote touches a value; `'--flag'` in a text does not. */
function isCutOff({ endingText }: Reading, { glued }: Boundary): boolean {
  return glued ? !QUOTE.some((quote) => endingText.includes(quote)) : endingText.trim() === '';
}

/** `x' or 'a`, `x'||version()||'y`: the application's own closing quote is put to use. */
function judgeBalanced(reading: Reading, boundary: Boundary): string | null {
  if (reading.logic > 0 && (reading.comparisons > 0 || reading.logic === 1))
    return 'condition-balanced';
  if (!boundary.glued || !reading.startsWithOperator) return null;
  if (reading.query) return 'function-balanced';
  return reading.operators > 1 && reading.sawWord ? 'expression-balanced' : null;
}

/** Behind the comment mark stands nothing, or filler such as `-- -` or `--+x`; prose is no filler. */
function endsInComment(reading: Reading): boolean {
  if (reading.ending !== 'comment') return false;
  const text = reading.endingText.trim();
  return text.length <= COMMENT_JUNK_MAX && !text.includes(' ');
}

function endsInOpenString(reading: Reading): boolean {
  return (
    reading.ending === 'openString' &&
    reading.endingText.length <= OPEN_STRING_MAX &&
    !reading.endingText.includes(' ')
  );
}
