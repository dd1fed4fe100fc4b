import { findCommand } from './find-server.js';

/** @throws Error where there is none */
export function findPromtool(): string {
  const path = findCommand('promtool');
  if (path === null) throw new Error('there is no promtool: run `npm run servers`');
  return path;
}
