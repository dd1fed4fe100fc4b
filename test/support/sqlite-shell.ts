import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findCommand } from './servers/find-server.js';

const run = promisify(execFile);

const script = `
  const { DatabaseSync } = require('node:sqlite');
  const [file, sql] = process.argv.slice(1);
  const database = new DatabaseSync(file, { timeout: 5000 });
  console.log(JSON.stringify(database.prepare(sql).all()));
  database.close();`;

/**
 * Runs one statement in a process that opens and closes the file for it. It is the system's `sqlite3` where there is one, since versions
 * before 3.51 delete the journals of a database on which they see no lock; otherwise Node.js.
 */
export const sqliteShell =
  (file: string) =>
  async (sql: string): Promise<readonly unknown[]> => {
    const command = findCommand('sqlite3');
    const [program, args] =
      command === null
        ? [process.execPath, ['--no-warnings', '-e', script, file, sql]]
        : [command, ['-json', '-cmd', '.timeout 5000', file, sql]];
    const { stdout } = await run(program, args);
    return stdout.trim() === '' ? [] : (JSON.parse(stdout) as readonly unknown[]);
  };
