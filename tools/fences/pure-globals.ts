import type { Syntax } from './syntax.js';

/** Names that a pure room may not use, even as a type: clock, randomness, timers, the machine, and ways around the fences. */
const deniedNames = new Set(
  `Date Temporal performance setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask
   crypto process Buffer console fetch WebSocket EventSource globalThis global require eval Function`.split(/\s+/),
);

/** Members that a pure room may not use, of globals that it may otherwise use. */
const deniedMembers: ReadonlyMap<string, string> = new Map([
  ['Math', 'random'],
  ['AbortSignal', 'timeout'],
]);

/** Returns the forbidden name in the node, such as `Math.random`; `null` if there is none. */
export function impureName(node: Syntax, parent: Syntax | null): string | null {
  if (node.type !== 'Identifier' || typeof node.name !== 'string') return null;
  if (deniedNames.has(node.name)) return isNameOfMember(node, parent) ? null : node.name;
  const member = deniedMembers.get(node.name);
  if (member === undefined || isNameOfMember(node, parent) || isType(parent)) return null;
  return isHarmlessMember(node, parent, member) ? null : `${node.name}.${member}`;
}

/** `Math.floor` is harmless. `Math.random`, `Math[x]` and `const m = Math`, which may lead to it, are not. */
function isHarmlessMember(node: Syntax, parent: Syntax | null, denied: string): boolean {
  if (parent === null || !/MemberExpression$/.test(parent.type) || parent.object !== node || parent.computed === true) return false;
  const { property } = parent as { property?: Syntax };
  return property?.name !== denied;
}

/** `signal: AbortSignal` is harmless. */
function isType(parent: Syntax | null): boolean {
  return parent?.type === 'TSTypeReference' || parent?.type === 'TSQualifiedName';
}

/** In `user.process` or `{ process: 1 }` the word is a name in the code, not the global. */
function isNameOfMember(node: Syntax, parent: Syntax | null): boolean {
  if (parent === null || parent.computed === true) return false;
  return [parent.property, parent.key, parent.imported, parent.exported, parent.label].includes(node);
}
