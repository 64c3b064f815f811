/** A warning that tells how many of several things are so; none when none is. */
export function counted<T>(
  all: readonly T[],
  isSo: (one: T, index: number) => boolean,
  sentence: string,
): string[] {
  const count = all.filter(isSo).length;
  return count === 0 ? [] : [`${count} of ${all.length} ${sentence}`];
}
