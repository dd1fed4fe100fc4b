import { type FindingSeverity, type SchemaFinding, severityOf } from '../../../core/domain/operations/schema-finding.js';
import type { Paint, Style } from '../output/paint.js';
import { safeText } from '../output/safe-text.js';
import { findingAdvice } from './finding-advice.js';

const styles: Readonly<Record<FindingSeverity, Style>> = { error: 'bad', warning: 'strong', info: 'faint' };
const words: Readonly<Record<FindingSeverity, string>> = { error: 'error  ', warning: 'warning', info: 'note   ' };

/** A finding, and its advice on a separate line. */
export function findingLines(finding: SchemaFinding, paint: Paint): readonly string[] {
  const { code, message, table, column, count, ids } = finding;
  const severity = severityOf(finding);
  const place = [table, column].filter((name) => name !== null).join('.');
  const where = place === '' ? '' : `${place}: `;
  const sample = ids.length === 0 ? '' : `, such as ${ids.join(', ')}`;
  const extent = count === null ? '' : ` (${count}${sample})`;
  return [
    `${paint(words[severity], styles[severity])}  ${safeText(`${where}${message}${extent}.`)}`,
    `         ${paint(findingAdvice[code], 'faint')}`,
  ];
}
