import type { FieldErrors } from '@tsoa/runtime';
import type { Request } from 'express';
import type { FaultBody } from './problem-body.js';
import { readableRule } from './readable-rule.js';
import { jsonPointer } from './request-fault.js';

/** Max number of faults in a response: a body may have thousands of unknown fields. */
const maxFaults = 20;
const maxNameLength = 100;

/**
 * Returns the faults that the generated routes found in the shape of a request. Their own report repeats the values, which may be
 * passwords: this function takes only the names from it, and states each rule in its own words.
 */
export function faultsOfValidation(fields: FieldErrors, { params }: Pick<Request, 'params'>): FaultBody[] {
  return Object.entries(fields)
    .slice(0, maxFaults)
    .map(([key, { message }]) => ({ pointer: pointerOf(key, params), detail: readableRule(message) }));
}

/** A key is `body`, `body.NAME`, `query.NAME`, or the name of a parameter. Bodies are flat: the text after the first dot is one name. */
function pointerOf(key: string, params: Request['params']): string {
  if (key === 'body') return '';
  const [, part, name = key] = /^(body|query)\.(.*)$/s.exec(key) ?? [];
  const shown = name.slice(0, maxNameLength);
  if (part === 'body') return jsonPointer(shown);
  return jsonPointer(part === undefined && Object.hasOwn(params, shown) ? 'path' : 'query', shown);
}
