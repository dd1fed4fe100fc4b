import { readFileSync, writeFileSync } from 'node:fs';
import type { CliTools } from '../../hosts/cli/cli-actions.js';
import { createProgram } from '../../hosts/cli/program.js';
import { commandFacts } from '../../hosts/cli/reference/command-facts.js';
import { manPage } from '../../hosts/cli/reference/man-page.js';
import { markdownReference } from '../../hosts/cli/reference/markdown-reference.js';

const markdownFile = 'docs/cli.md';
const marker = '<!-- manual --markdown -->\n';

const facts = commandFacts(createProgram({ version: '' } as CliTools)); // none of its commands is run
const [written = ''] = readFileSync(markdownFile, 'utf8').split(marker);
writeFileSync(markdownFile, `${written}${marker}\n${markdownReference(facts)}`);
writeFileSync('docs/move-acces.1', manPage(facts));
