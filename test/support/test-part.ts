/** Returns whether this run is of that part of the specs: `node dist/tools/tests/run-tests.js --part NAME`. */
export const isPart = (name: string): boolean => process.env['TEST_PART'] === name;
