/** Freezes a tree of plain objects and arrays, the leaves included, and returns it. */
export function deepFreeze<T>(tree: T): T {
  if (typeof tree === 'object' && tree !== null && !Object.isFrozen(tree)) {
    Object.freeze(tree);
    for (const branch of Object.values(tree)) deepFreeze(branch);
  }
  return tree;
}
