/** A function that does its work when it is first called, and answers the same each time: a value, or a promise. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
