/** Ends the process after `ms` if it has not ended by itself: whatever still waits for others then is given up. */
export function exitWithin(ms: number): void {
  setTimeout(() => process.exit(), ms).unref();
}
