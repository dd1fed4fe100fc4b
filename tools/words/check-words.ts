import { findWordProblems } from './find-word-problems.js';
import { checkedPaths, retiredWords, wordExceptions } from './retired-words.js';

/** `npm run words`, part of `npm run lint`: prints every problem and fails if there is one, or if there was nothing to read. */
const rules = { words: retiredWords, exceptions: wordExceptions };
const { files, problems } = findWordProblems(process.argv[2] ?? process.cwd(), checkedPaths, rules);
for (const problem of problems) console.error(problem);
console.log(`words: ${files} files, ${problems.length} problems, ${wordExceptions.length} exceptions`);
process.exitCode = problems.length > 0 || files === 0 ? 1 : 0;
