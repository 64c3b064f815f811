import { generalModels } from "../plan/models.ts";

/** The models there are, and which of them a name that the service does not know was meant to be. */
export function modelHint(message: string): string {
  const hint = `check the model's name; gaudio knows ${generalModels.join(", ")}`;
  const asked = /models\/([\w.-]*\w)/.exec(message)?.[1] ?? /\bgem[\w.-]*\w/.exec(message)?.[0];
  // A name that is known, but not there for this key, was typed as it was meant.
  if (asked === undefined || generalModels.includes(asked)) return hint;
  const [nearest] = generalModels.toSorted((a, b) => editDistance(asked, a) - editDistance(asked, b));
  return nearest === undefined ? hint : `${hint}; did you mean ${nearest}?`;
}

/** How many characters have to be put in, taken out or replaced to make one text of the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
