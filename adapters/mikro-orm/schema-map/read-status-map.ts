import type { JsonReader } from './json-reader.js';
import type { StandingMap, StatusMap } from './schema-map.js';

/** Reads the `status` of accounts; null where nothing is said of one. */
export function readStatus(parent: JsonReader): StatusMap | null {
  const status = parent.part('status', ['column', 'active', 'disabled']);
  if (status === null) return null;
  const column = status.name('column');
  const [first, ...others] = status.constants('active');
  if (first === undefined) status.refuse('active', 'must be a list of one value at least');
  const disabled = status.has('disabled') ? status.constant('disabled') : null;
  if (disabled !== null && [first, ...others].some((value) => String(value) === String(disabled))) {
    status.refuse('disabled', 'must be none of active');
  }
  return { column, active: [first ?? null, ...others], ...(disabled !== null && { disabled }) };
}

/** Reads the `status` of subscriptions; null where every row is good. */
export function readStanding(parent: JsonReader): StandingMap | null {
  const status = parent.part('status', ['column', 'active', 'cancelled', 'unpaid']);
  if (status === null) return null;
  const good = status.constants('active');
  if (good.length === 0) status.refuse('active', 'must be a list of one value at least');
  return { column: status.name('column'), good, cancelled: status.constants('cancelled'), unpaid: status.constants('unpaid') };
}
