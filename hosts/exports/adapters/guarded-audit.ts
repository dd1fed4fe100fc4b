/** An audit log that may be away: rows in groups, never refused. */
import '../../config/require-node.js';

export * from '../../../adapters/guarded-audit/audit-guard.js';
export * from '../../../adapters/guarded-audit/audit-probe.js';
export * from '../../../adapters/guarded-audit/forgiving-audit-sink.js';
export * from '../../../adapters/guarded-audit/grouped-audit-sink.js';
export * from '../../../adapters/guarded-audit/guarded-audit-sink.js';
