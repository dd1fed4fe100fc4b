import type { Syntax } from './syntax.js';

/** Represents an import whose module is computed at run time: no room may have it. */
const computed = '(computed)';

/** Returns the module that the node imports, in any form; `null` for a node that imports nothing. */
export function importOf(node: Syntax): string | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression': // import('x')
    case 'TSImportType': // import('x').Type
      return textOf(node.source) ?? computed;
    case 'ExportNamedDeclaration':
      return textOf(node.source); // without a source it exports the file's own names
    case 'TSExternalModuleReference': // import x = require('x')
      return textOf(node.expression) ?? computed;
    case 'CallExpression': {
      const [callee, [first]] = [node.callee as Syntax, node.arguments as Syntax[]];
      return callee.type === 'Identifier' && callee.name === 'require' ? (textOf(first) ?? computed) : null;
    }
    default:
      return null;
  }
}

function textOf(node: unknown): string | null {
  const { type, value } = (node ?? {}) as Partial<Syntax>;
  return type === 'StringLiteral' && typeof value === 'string' ? value : null;
}
