import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as runner from 'node:test';
import { makeWorld, ticketStoreContract } from 'move-acces/testing';
import { SqliteTicketStore } from './sqlite-ticket-store.ts';

/** Two stores on one file simulate two processes. The world's clock is the time. */
async function open() {
  const { clock } = makeWorld();
  const folder = mkdtempSync(join(tmpdir(), 'tickets-'));
  const file = join(folder, 'tickets.db');
  const stores = [new SqliteTicketStore({ file, clock }), new SqliteTicketStore({ file, clock })] as const;
  return {
    stores,
    letPass: async (ms: number) => clock.advance(ms),
    dispose: async () => {
      for (const store of stores) store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

ticketStoreContract('tickets in a SQLite file', open, runner);
