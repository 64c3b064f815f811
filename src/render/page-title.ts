/** How a page about a recording is called: its file's base name. */
export function pageTitle(path: string): string {
  const name = path.split(/[\\/]/).findLast((part) => part !== "") ?? "";
  return name === "" || name === "-" ? "Recording" : name;
}
