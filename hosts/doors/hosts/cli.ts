/** The admin's command line. */
export * from '../../cli/cli-actions.js';
export * from '../../cli/exit-codes.js';
export * from '../../cli/program.js';
export * from '../../cli/terminal.js';
