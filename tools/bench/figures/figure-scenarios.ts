import type { Figure } from './figure.js';
import type { FigureContext } from './figure-context.js';
import { measureCalm } from './measure-calm.js';
import { measureEvents } from './measure-events.js';
import { measureGrowth } from './measure-growth.js';
import { measureHashing } from './measure-hashing.js';
import { measureSockets } from './measure-sockets.js';
import { measureStart } from './measure-start.js';
import { measureWorkers } from './measure-workers.js';

/** Measurements other than the rate of one kind of HTTP request. */
export const figureScenarios = {
  argon2: measureHashing,
  sockets: measureSockets,
  events: measureEvents,
  calm: measureCalm,
  start: measureStart,
  workers: measureWorkers,
  growth: measureGrowth,
} as const satisfies Readonly<Record<string, (context: FigureContext) => Promise<readonly Figure[]>>>;

export type FigureScenarioName = keyof typeof figureScenarios;

export const figureScenarioNames = Object.keys(figureScenarios) as readonly FigureScenarioName[]; // the keys of a literal, nothing more
