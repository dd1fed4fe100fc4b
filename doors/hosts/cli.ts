/** The admin's command line. */
export * from '../../hosts/cli/cli-actions.js';
export * from '../../hosts/cli/exit-codes.js';
export * from '../../hosts/cli/program.js';
export * from '../../hosts/cli/terminal.js';
