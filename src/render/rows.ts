/** Names and values, a row each, the values in one column. */
export function renderRows(rows: readonly (readonly [name: string, value: string])[]): string {
  return rows.map(([name, value]) => `${name.padEnd(14)}${value}`).join("\n");
}
