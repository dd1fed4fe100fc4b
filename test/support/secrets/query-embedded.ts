import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Queries the embedded database of a working folder. Rejects where there is none. */
export const queryEmbedded =
  (folder: string) =>
  async (sql: string): Promise<readonly unknown[]> => {
    const database = new DatabaseSync(join(folder, 'data/move-acces.db'), { readOnly: true, timeout: 2000 });
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  };
