import { plain, type Terminal } from './terminal.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Gives way first when the line is too long. */
  readonly yields?: true;
  readonly paint?: (row: Row) => 'good' | 'bad' | 'warn' | 'quiet' | null;
}

const gap = '  ';
const widthMin = 6;

/** Rows in columns that fit the terminal; what is cut ends with `…`. */
export function table<Row>(
  terminal: Pick<Terminal, 'columns' | 'paint'>,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): readonly string[] {
  const cells = rows.map((row) => columns.map(({ cell }) => plain(cell(row))));
  const widths = fit(
    columns,
    columns.map(({ title }, index) =>
      Math.max(title.length, ...cells.map((line) => line[index]!.length)),
    ),
    terminal.columns,
  );
  const head = columns.map(({ title }, index) => cut(title, widths[index]!).padEnd(widths[index]!));
  return [
    terminal.paint('quiet', head.join(gap).trimEnd()),
    ...cells.map((line, number) =>
      line
        .map((text, index) => {
          const style = columns[index]!.paint?.(rows[number]!) ?? null;
          const shown = cut(text, widths[index]!);
          const padding = ' '.repeat(widths[index]! - shown.length);
          return (style === null ? shown : terminal.paint(style, shown)) + padding;
        })
        .join(gap)
        .trimEnd(),
    ),
  ];
}

function fit<Row>(
  columns: readonly Column<Row>[],
  wanted: readonly number[],
  total: number,
): readonly number[] {
  const widths = [...wanted];
  const excess = () =>
    widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1) - total;
  for (const yields of [true, undefined]) {
    for (let over = excess(); over > 0; over = excess()) {
      const candidates = widths
        .map((width, index) => ({ width, index }))
        .filter(({ width, index }) => columns[index]!.yields === yields && width > widthMin);
      const widest = candidates.toSorted((a, b) => b.width - a.width)[0];
      if (!widest) break;
      widths[widest.index] = Math.max(widthMin, widest.width - over);
    }
  }
  return widths;
}

export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
