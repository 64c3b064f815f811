/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** What asks for the next page; empty on the last. */
  readonly next: string;
}

/**
 * All that is listed, of every page. The SDK's pager would carry the first page's signal along: each page is
 * asked for by itself.
 */
export async function allPages<T>(readPage: (token: string) => Promise<Page<T>>): Promise<readonly T[]> {
  const all: T[] = [];
  const seen = new Set<string>();
  for (let token = ""; ; seen.add(token)) {
    const { items, next } = await readPage(token);
    all.push(...items);
    // A page that leads back to an earlier one would never end.
    if (next === "" || seen.has(next)) return all;
    token = next;
  }
}
