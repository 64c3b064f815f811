/**
 * Any text as HTML that shows it: between tags, and in an attribute that stands in quotes. Control characters other
 * than newline and tab are left out, because HTML has no way to write them.
 */
export function escapeHtml(untrusted: string): string {
  return untrusted
    .replace(/(?![\t\n])\p{Cc}/gu, "")
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
