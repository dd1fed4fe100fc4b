import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Syntax, visitSyntax } from '../fences/syntax.js';
import type { Step } from './login-path.js';

/** What is wrong with a path, one line each: a function that is not there, or that does not call what the path says. */
export function brokenSteps(root: string, steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step, index) => {
    const next = steps[index + 1];
    const body = findFunction(readFileSync(join(root, step.file), 'utf8'), step.name);
    if (body === null) return [`${step.file}: has no ${step.name}`];
    if (!callsIn(body).some((callee) => callee === step.calls || callee.endsWith(`.${step.calls}`))) {
      return [`${step.file}: ${step.name} does not call ${step.calls}`];
    }
    const isNamed =
      next === undefined || next.isCallback === true || lastWord(step.calls) === 'work' || lastWord(step.calls) === lastWord(next.name);
    return isNamed ? [] : [`${step.file}: ${step.name} calls ${step.calls}, which is not ${next.name}`];
  });
}

/** The first step in each file: a callback that a file has handed down brings no new one. */
export const handovers = (steps: readonly Step[]): readonly Step[] =>
  steps.filter(({ file }, index) => steps.findIndex((step) => step.file === file) === index);

const lastWord = (name: string): string => name.split('.').at(-1) ?? name;

/** `name` or `Class.method`, be it an arrow function. */
function findFunction(source: string, name: string): Syntax | null {
  let found: Syntax | null = null;
  let currentClass = '';
  visitSyntax(source, (node) => {
    if (node.type === 'ClassDeclaration') currentClass = nameOf(node.id);
    const own = nameOf(node.id ?? node.key);
    const isMethod = /Method$/.test(node.type) && `${currentClass}.${own}` === name;
    const isFunction = (node.type === 'FunctionDeclaration' || node.type === 'VariableDeclarator') && own === name;
    if (isMethod || isFunction) found ??= node;
  });
  return found;
}

/** The callees of all calls in the function, closures included, as `a.b.c`. */
function callsIn(body: Syntax): readonly string[] {
  const calls: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Syntax; // or a list of them, which has no type
    if (node.type === 'CallExpression') calls.push(textOf(node.callee));
    for (const child of Object.values(node)) walk(child);
  };
  walk(body);
  return calls;
}

function textOf(value: unknown): string {
  const node = value as Syntax;
  if (node.type === 'ThisExpression') return 'this';
  if (/MemberExpression$/.test(node.type)) return `${textOf(node.object)}.${nameOf(node.property)}`;
  return nameOf(node);
}

function nameOf(value: unknown): string {
  const node = (value ?? {}) as Syntax;
  if (node.type === 'PrivateName') return `#${nameOf(node.id)}`;
  return typeof node.name === 'string' ? node.name : '';
}
