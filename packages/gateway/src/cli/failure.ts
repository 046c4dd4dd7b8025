/** What stops a command, said so that one can go on. Printed as `error: message`, then the hints. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly hints: readonly string[];
  readonly exitCode: number;

  constructor(message: string, hints: readonly string[] = [], exitCode = 1) {
    super(message);
    this.hints = hints;
    this.exitCode = exitCode;
  }
}
