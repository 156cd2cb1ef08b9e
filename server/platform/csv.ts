/** A cell that a spreadsheet would take for a formula is marked as text. */
export function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of a CSV file, its end included; the first line of a file is preceded by `CSV_BEGIN`. */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`;

/** The byte order mark by which spreadsheets know UTF-8. */
export const CSV_BEGIN = '\ufeff';
