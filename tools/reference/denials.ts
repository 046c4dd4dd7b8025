import { denials } from '../../packages/gateway/src/domain/denial.ts';

/** docs/reference/denials.md: every refusal, from the one table. */
export function denialsPage(): string {
  const rows = Object.entries(denials).map(
    ([code, { status, title, fault, retryable, help }]) =>
      `| <a id="${code}"></a>\`${code}\` | ${status} | ${fault} | ${retryable ? 'yes' : 'no'} | **${title}.** ${help} |`,
  );
  return `# Denials

Generated from \`packages/gateway/src/domain/denial.ts\`; change it there.

A denial is answered as \`application/problem+json\` (RFC 9457) with \`type\`, \`title\`, \`status\`, \`code\`, \`request_id\`,
\`retryable\` and \`fault\`; where it helps also \`pointer\` (a JSON pointer into the body, or \`query:NAME\`, \`header:NAME\`, \`path\`) and
\`hint\`. It repeats nothing of the request. \`Filmgate-Error: true\` tells it from an error of the upstream, which passes untouched.
\`filmgate why REQUEST_ID\` tells what only operators may know.

| code | status | whose fault | worth a retry | what it says, and what to do |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
