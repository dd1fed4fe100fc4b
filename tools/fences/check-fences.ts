import { findViolations } from './find-violations.js';

/** `npm run fences`: prints every violation of the fences. Fails if there is one, or if there was no file to read. */
const { files, violations } = findViolations(process.argv[2] ?? process.cwd());
for (const violation of violations) console.error(violation);
console.log(`fences: ${files} files, ${violations.length} violations`);
process.exitCode = violations.length > 0 || files === 0 ? 1 : 0;
