import { brokenSteps, handovers } from './follow-path.js';
import { importClosure } from './import-closure.js';
import { lists, loginPath, loginRoots, start } from './login-path.js';

/**
 * `npm run handovers`: how far it is from `LogIn` to its INSERT into `auth_sessions`, and which files a login reaches by imports. Fails
 * where the written path is not that of the source.
 */
const root = process.cwd();
const broken = brokenSteps(root, [start, ...loginPath]);
for (const line of broken) console.error(line);

const path = handovers(loginPath).filter(({ file }) => file !== start.file);
for (const [index, { file, name }] of path.entries()) console.log(`${String(index + 1).padStart(3)}  ${name.padEnd(30)} ${file}`);
console.log(`hand-overs from LogIn to its INSERT into auth_sessions: ${path.length}\n`);

const shares = [...importClosure(root, loginRoots, lists)].toSorted(([one], [other]) => one.localeCompare(other));
for (const [room, { files, lines }] of shares)
  console.log(`${room.padEnd(30)} ${String(files).padStart(4)} files ${String(lines).padStart(6)} lines`);
const sum = (of: 'files' | 'lines') => shares.reduce((total, [, share]) => total + share[of], 0);
console.log(`within reach of a login by imports: ${sum('files')} files, ${sum('lines')} lines`);
process.exitCode = broken.length > 0 ? 1 : 0;
