import type { Terminal } from '../terminal.ts';
import { wrap } from '../usage.ts';
import type { TryEvent } from './events.ts';

/** The events as a person reads them, at 80 columns. */
export function proseTeller(terminal: Terminal): (event: TryEvent) => void {
  const print = (line = ''): void => terminal.print(line);
  const heading = (text: string): void => {
    print();
    print(terminal.paint('strong', text));
  };
  const paragraph = (text: string, style?: 'quiet'): void => {
    for (const line of wrap(text, 74, ''))
      print(`      ${style ? terminal.paint(style, line) : line}`);
  };
  let section = '';
  const once = (name: string, text: string): void => {
    if (section === name) return;
    section = name;
    heading(text);
  };
  return (event) => {
    switch (event.event) {
      case 'started':
        print(
          terminal.paint('strong', 'Filmgate, in front of a SANDBOX: nothing leaves this machine'),
        );
        print(`  ${terminal.yes} sandbox   ${event.sandbox}   (a local Pictory, faster than life)`);
        print(`  ${terminal.yes} gateway   ${event.edge}`);
        print(`  ${terminal.yes} admin     ${event.admin}`);
        print(`  ${terminal.yes} CA        ${event.ca}`);
        break;
      case 'client':
        heading('A client with a scoped key');
        print(`  ${event.name} may ${event.scopes.join(', ')} from ${event.networks.join(', ')}`);
        break;
      case 'sent':
        heading('A video through the gateway');
        print(`  ${event.operation}  ${event.status}`);
        print(`  job ${event.job}`);
        break;
      case 'progress':
        print(`  ${event.status}${event.percent === null ? '' : ` ${event.percent} %`}`);
        break;
      case 'video':
        print(`  ${terminal.yes} ${event.bytes} bytes of video`);
        print(`  ${event.url}`);
        break;
      case 'denied':
        once('denied', 'Four requests that must not pass');
        print(`  ${terminal.no} ${event.status} ${event.code}: ${event.what}`);
        paragraph(event.reason);
        paragraph(`to allow it: ${event.remedy}`, 'quiet');
        break;
      case 'audit':
        once('audit', 'What the audit log has of it');
        print(auditLine(terminal, event));
        break;
      case 'hand':
        heading('By hand');
        print(`  export FILMGATE_KEY=${event.key}`);
        for (const line of event.curl.split('\n')) print(`  ${line}`);
        break;
      case 'done':
        heading(`Done in ${event.seconds} s`);
        print(
          `  ${event.denied} requests denied; the upstream saw ${event.upstream_saw_denied} of them.`,
        );
        print('  Next: filmgate init  sets up the real thing');
        break;
    }
  };
}

function auditLine(
  terminal: Terminal,
  { at, who, action, decision, code, status }: Extract<TryEvent, { event: 'audit' }>,
): string {
  const mark = decision === 'allowed' ? terminal.yes : terminal.no;
  const time = terminal.time(at).slice(11);
  return `  ${mark} ${time} ${who.padEnd(9)} ${action.padEnd(22)} ${String(status ?? '').padEnd(4)} ${code ?? ''}`.trimEnd();
}
