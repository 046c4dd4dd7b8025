import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { judge } from './judge.ts';
import { measure, percent, total } from './measure.ts';
import type { Measurement, Recall } from './measure.ts';
import { parseRequestLine } from './requestLine.ts';
import { bestChoice, compileChoice } from './rules.ts';
import type { RulesChoice } from './rules.ts';

/**
 * `npm run corpus -- [--json] [--rules built-in|crs|balanced] [--no-schema] [--file F]`
 *
 * Without a file: recall on the attack corpus and false alarms on the benign one, at paranoia level 1.
 * With one: a JSON verdict for each of its lines. The last line is a summary.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rules: { type: 'string' },
    schema: { type: 'boolean', default: true },
    file: { type: 'string' },
  },
  allowNegative: true,
});

const FALSE_ALARMS_PERCENT_MAX = 0.2;
const choice = readChoice(values.rules);
const ruleset = compileChoice(choice);
process.exitCode = values.file === undefined ? reportMeasurement() : await judgeFile(values.file);

function readChoice(named: string | undefined): RulesChoice {
  if (named === undefined) return bestChoice();
  if (named === 'built-in' || named === 'crs' || named === 'balanced') return named;
  console.error(`--rules must be built-in, crs or balanced`);
  return process.exit(78);
}

function reportMeasurement(): number {
  const measurement = measure(ruleset, values.schema);
  const { benign, falseAlarms, byClass } = measurement;
  if (!values.json) printTables(measurement);
  for (const { request, reasons } of falseAlarms) {
    const alarm = { falseAlarm: request.kind, target: request.target, reasons };
    console.log(
      values.json ? JSON.stringify(alarm) : `false alarm: ${request.kind} ${reasons.join(', ')}`,
    );
  }
  const { attacks, refused } = total(byClass);
  const summary = {
    rules: choice,
    paranoiaLevel: 1,
    schemaAware: values.schema,
    benign,
    benignBlocked: falseAlarms.length,
    falsePositivePercent: percent(falseAlarms.length, benign),
    attacks,
    attacksBlocked: refused,
    recallPercent: percent(refused, attacks),
    recallPercentByClass: percents(byClass),
    recallPercentByMutation: percents(measurement.byMutation),
    recallPercentByPlacement: percents(measurement.byPlacement),
  };
  console.log(values.json ? JSON.stringify(summary) : summaryText(summary));
  return choice !== 'crs' && summary.falsePositivePercent > FALSE_ALARMS_PERCENT_MAX ? 2 : 0;
}

function summaryText(summary: {
  benign: number;
  benignBlocked: number;
  attacks: number;
  attacksBlocked: number;
}): string {
  const { benign, benignBlocked, attacks, attacksBlocked } = summary;
  return `${choice}: ${benignBlocked} of ${benign} benign requests refused, ${attacksBlocked} of ${attacks} attacks`;
}

function printTables({ byClass, byMutation, byPlacement, missed }: Measurement): void {
  for (const table of [byClass, byMutation, byPlacement]) {
    for (const [name, { attacks, refused }] of table) {
      console.log(
        `${name.padEnd(14)} ${String(refused).padStart(5)} of ${String(attacks).padStart(5)}  ${percent(refused, attacks)} %`,
      );
    }
    console.log('');
  }
  for (const attack of missed) console.log(`missed: ${JSON.stringify(attack)}`);
}

function percents(recalls: ReadonlyMap<string, Recall>): Record<string, number> {
  return Object.fromEntries(
    [...recalls].map(([name, { attacks, refused }]) => [name, percent(refused, attacks)]),
  );
}

async function judgeFile(path: string): Promise<number> {
  if (!existsSync(path)) {
    console.error(`no file is named ${path}`);
    return 1;
  }
  let number = 0;
  let requests = 0;
  let blocked = 0;
  for await (const line of createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number++;
    if (line.trim() === '') continue;
    const judgement = judge(ruleset, parseRequestLine(line, number));
    requests++;
    if (judgement.blocked) blocked++;
    console.log(
      JSON.stringify({
        line: number,
        blocked: judgement.blocked,
        status: judgement.status,
        score: judgement.score,
        rules: judgement.ruleIds,
      }),
    );
  }
  console.log(
    JSON.stringify({
      rules: choice,
      requests,
      blocked,
      blockedPercent: percent(blocked, requests),
    }),
  );
  return 0;
}
