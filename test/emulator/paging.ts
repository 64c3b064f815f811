import { invalid } from "./refusal.ts";

/** Some of what is listed, and where the rest begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Empty on the last page. */
  readonly next: { readonly nextPageToken?: string };
}

interface PageSizes {
  readonly usual: number;
  readonly most: number;
}

/** The page that a query asks for. Errors: Refusal 400 for another size than the service's, or a token that is none. */
export function pageOf<Item>(
  all: readonly Item[],
  query: URLSearchParams,
  { usual, most }: PageSizes,
): Page<Item> {
  const size = Number(query.get("pageSize") ?? usual);
  if (!(Number.isInteger(size) && size >= 1 && size <= most))
    throw invalid(`The page size must be from 1 to ${most}.`);
  const from = Number(query.get("pageToken") ?? 0);
  if (!(Number.isInteger(from) && from >= 0)) throw invalid("The page token is not valid.");
  const end = from + size;
  return { items: all.slice(from, end), next: end < all.length ? { nextPageToken: String(end) } : {} };
}
