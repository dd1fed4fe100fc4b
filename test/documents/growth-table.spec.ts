import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { contractLimits } from '../../hosts/ws/ws-limits.js';
import { projectRoot } from '../support/project-root.js';

/** The rows of the table below a heading, as cells. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = readFileSync(join(projectRoot(), 'docs/operations.md'), 'utf8').split(`## ${heading}\n`);
  const [, , ...rows] = section
    .split('\n## ', 1)
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('The table of the resources that a client can make grow', () => {
  const rows = rowsBelow('What a client can make grow');

  it('names a bound and a test for each structure', () => {
    expect(rows).to.have.length.greaterThan(15);
    for (const row of rows) {
      expect(row, row[0]).to.have.lengthOf(5);
      for (const cell of row) expect(cell, row[0]).not.to.equal('');
      const files = Array.from((row[4] ?? '').matchAll(/`(test\/[a-z0-9/-]+\.spec\.ts)`/g), ([, file = '']) => file);
      expect(files, row[4]).not.to.deep.equal([]);
      for (const file of files) expect(existsSync(join(projectRoot(), file)), file).to.equal(true);
    }
  });

  it('has the figures of the WebSocket host', () => {
    const { trafficPerSecond, trafficBurst, maxQueuedBytes, maxHeldBytes, maxWaitingDisconnections, socketsPerUser } = contractLimits;
    const text = rows.flat().join('\n');
    expect(text)
      .to.include(`${trafficPerSecond / 1024} KiB a second and ${trafficBurst / 2 ** 20} MiB at once`)
      .and.include(`${maxQueuedBytes / 2 ** 20} MiB per socket\n${maxHeldBytes / 2 ** 20} MiB, together`)
      .and.include(`${socketsPerUser} per user`)
      .and.include(`${maxWaitingDisconnections.toLocaleString('en')} ends`);
  });
});
