/** The admin's command line. */
import '../../config/require-node.js';

export * from '../../cli/cli-actions.js';
export * from '../../cli/exit-codes.js';
export * from '../../cli/program.js';
export * from '../../cli/terminal.js';
