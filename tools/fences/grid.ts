/** The nouns of the grid. Every room of the grid names its folders after them, so that a capability is found by noun and room. */
export const nouns: readonly string[] = ['accounts', 'sessions', 'passwords', 'subscriptions', 'live', 'limits', 'audit', 'operations'];

/**
 * Rooms that are divided by noun, with the folders in them that have another name. A file that belongs to no noun lies at the top of its
 * room.
 */
const grid: Readonly<Record<string, readonly string[]>> = {
  'core/domain': [],
  'core/ports': [],
  /** Steps are shared by use cases of several nouns. */
  'core/usecases': ['steps'],
  'adapters/mikro-orm': ['batched', 'mysql', 'schema-map', 'sql', 'sqlite'],
  'adapters/memory': [],
  'adapters/redis': [],
  'hosts/rest': ['assets', 'generated', 'middleware', 'openapi', 'pages', 'problem'],
  'hosts/cli': ['output', 'reference', 'schemas'],
  'test/domain': ['support'],
  'test/usecases': ['support'],
  'test/kit/contracts': ['support'],
  'test/contracts': ['support'],
  'test/hosts/rest': ['openapi', 'pages', 'problem', 'support'],
  'test/hosts/cli': ['output', 'reference'],
  /** Journeys that cross the nouns are named after what is done to the servers. */
  'test/journeys': ['attacks', 'cli', 'cluster', 'faults', 'support'],
};

/** Returns folders of the grid (their paths from the project's root) that are named after no noun, one line each. */
export function strayFolders(files: readonly string[]): string[] {
  const found = Object.entries(grid).flatMap(([room, others]) =>
    files.filter((file) => file.startsWith(`${room}/`)).flatMap((file) => strayFolder(file.slice(room.length + 1), room, others) ?? []),
  );
  return [...new Set(found)];
}

function strayFolder(rest: string, room: string, others: readonly string[]): string | null {
  const [folder, file] = rest.split('/');
  if (folder === undefined || file === undefined || nouns.includes(folder) || others.includes(folder)) return null;
  return `${room}/${folder}: is no noun of the grid`;
}
