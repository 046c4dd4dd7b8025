/** Thrown at opening: a newer Filmgate changed the database in a way that this one does not know. Nothing was touched. */
export class SchemaFromFuture extends Error {
  override readonly name = 'SchemaFromFuture';
  /** The newest migration in the database. */
  readonly found: string;
  /** The newest migration that this program knows. */
  readonly known: string;

  constructor(found: string, known: string) {
    super(
      `the database has schema ${found}, this Filmgate knows schemas up to ${known}; ` +
        'start the newer Filmgate again, or restore the backup from before its first start',
    );
    this.found = found;
    this.known = known;
  }
}
