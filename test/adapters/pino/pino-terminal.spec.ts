import { execFile } from 'node:child_process';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const module = (file: string) => new URL(`../../../adapters/pino/${file}`, import.meta.url).href;

describe('Log lines for a terminal', () => {
  const printed = async (code: string) => {
    const { stdout } = await run(process.execPath, [
      '--input-type=module',
      '--eval',
      `const { PinoLogger } = await import('${module('pino-logger.js')}');
       const { terminalOutput } = await import('${module('terminal-output.js')}');
       const logger = new PinoLogger({ level: 'info', destination: terminalOutput() });
       ${code}; process.exit(0);`,
    ]);
    return stdout;
  };

  it('are for human eyes: time, level, message and fields, in colours', async () => {
    const text = await printed(`logger.info('listening', { url: 'http://127.0.0.1:8000' }); logger.warn('redis is not reachable')`);
    expect(text).to.include('\u001b[');
    const [first, second] = stripVTControlCharacters(text).trimEnd().split('\n');
    expect(first).to.match(/^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: listening \{"url":"http:\/\/127\.0\.0\.1:8000"\}$/);
    expect(second).to.match(/WARN: redis is not reachable$/);
  });

  it('cannot be forged by a client’s text, and hide secrets as JSON lines do', async () => {
    const evil = 'x\\n[12:00:00.000] ERROR: forged \\u001b[2J';
    const text = await printed(`logger.info('request', { agent: '${evil}', password: 'hunter2', nested: { route: '${evil}' } })`);
    expect(text.trimEnd().split('\n')).to.have.length(1);
    expect(text).not.to.include('\u001b[2J').and.not.to.include('hunter2');
  });
});
