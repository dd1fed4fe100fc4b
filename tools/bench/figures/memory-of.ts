import { readFileSync } from 'node:fs';

/** Resident memory of a process, in KiB. Linux only. */
export function residentKib(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
  return Number(kib);
}
