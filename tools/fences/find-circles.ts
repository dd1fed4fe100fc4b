/** The imports of each file. Every imported file is also a key. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Returns files that import each other in a circle: each circle once, as its path from one file back to it. */
export function findCircles(graph: ImportGraph): string[][] {
  const done = new Set<string>();
  const circles: string[][] = [];
  const follow = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file]);
    if (start >= 0 || done.has(file)) return;
    for (const imported of graph.get(file) ?? []) follow(imported, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) follow(file, []);
  return circles;
}
