/** An audit log for a table that may be unavailable: rows are written in groups, and the caller never gets an error. */
import '../../config/require-node.js';

export * from '../../../adapters/guarded-audit/audit-guard.js';
export * from '../../../adapters/guarded-audit/audit-probe.js';
export * from '../../../adapters/guarded-audit/forgiving-audit-sink.js';
export * from '../../../adapters/guarded-audit/grouped-audit-sink.js';
export * from '../../../adapters/guarded-audit/guarded-audit-sink.js';
