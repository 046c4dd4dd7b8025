import type { TestEvent } from 'node:test/reporters';

/** Prints each failure whole, each skipped test with its reason, and the counts: what a log must hold, and no more. */
export default async function* countReporter(
  source: AsyncIterable<TestEvent>,
): AsyncGenerator<string> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const event of source) {
    if (event.type === 'test:fail' && event.data.details.type !== 'suite') {
      counts.failed += 1;
      yield describeFailure(event.data);
    } else if (event.type === 'test:pass' && event.data.details.type !== 'suite') {
      if (event.data.skip === undefined || event.data.skip === false) {
        counts.passed += 1;
      } else {
        counts.skipped += 1;
        yield `\nSKIPPED ${event.data.name}${typeof event.data.skip === 'string' ? `: ${event.data.skip}` : ''}\n`;
      }
    }
  }
  yield `\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
}

function describeFailure({
  name,
  file,
  line,
  details,
}: Extract<TestEvent, { type: 'test:fail' }>['data']): string {
  const { cause } = details.error as { cause?: unknown };
  const reason =
    cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? details.error);
  return `\nFAILED ${name}\n  ${file ?? ''}:${line ?? ''}\n  ${reason.split('\n').join('\n  ')}\n`;
}
