import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { PrometheusMetrics } from '../../adapters/prometheus/prometheus-metrics.js';
import { WorkerMetrics } from '../../adapters/prometheus/worker-metrics.js';
import { projectRoot } from '../support/project-root.js';
import { findPromtool } from '../support/servers/find-promtool.js';

const run = promisify(execFile);
const ops = (file: string) => join(projectRoot(), 'ops', file);
const read = (file: string) => readFileSync(ops(file), 'utf8');

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}
const dashboard = () => JSON.parse(read('grafana/move-acces.json')) as { readonly uid: string; readonly panels: readonly Panel[] };

/** What a rule or a panel may name. `up` is Prometheus's own. */
async function known(): Promise<ReadonlySet<string>> {
  const metrics = new PrometheusMetrics({ version: '1.0.0' });
  const pool = ['database_connections_busy', 'database_connections_waiting', 'database_connections_max'] as const;
  for (const gauge of [...pool, 'redis_up', 'redis_evicts'] as const) metrics.watch(gauge, () => 1);
  const bodies = await Promise.all([metrics, new WorkerMetrics()].map(async (each) => (await each.render()).body));
  const names = [...bodies.join('\n').matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  return new Set([...names, 'up']);
}

const namesIn = (expression: string): readonly string[] => [...expression.matchAll(/\b([a-z][a-z0-9_]*)\{/g)].map(([, name = '']) => name);

describe('The Prometheus rules', () => {
  let promtool: string;
  before(() => {
    promtool = findPromtool();
  });

  it('are rules', async () => {
    const { stdout } = await run(promtool, ['check', 'rules', ops('prometheus/rules.yml')]);
    expect(stdout).to.match(/SUCCESS: \d+ rules found/);
  });

  it('fire when they should, and not before', async () => {
    const { stdout } = await run(promtool, ['test', 'rules', ops('prometheus/rules.test.yml')]);
    expect(stdout).to.include('SUCCESS');
  });

  it('use existing metrics, and each has an entry in the operations guide', async () => {
    const names = await known();
    const rules = read('prometheus/rules.yml');
    const guide = readFileSync(join(projectRoot(), 'docs/operations.md'), 'utf8');
    for (const name of namesIn(rules)) expect(names.has(name), name).to.equal(true);
    for (const [, alert = ''] of rules.matchAll(/- alert: (\w+)/g)) expect(guide, alert).to.include(`\`${alert}\``);
  });

  it('metrics are rendered in the form that promtool requires', async () => {
    const { body } = await new PrometheusMetrics({ version: '1.0.0' }).render();
    const checking = run(promtool, ['check', 'metrics']);
    checking.child.stdin?.end(body);
    // the names of Node.js's own metrics are not this product's to choose
    const complaints = await checking.then(
      ({ stderr }) => stderr,
      (error: { readonly stderr: string }) => error.stderr,
    );
    expect(complaints.split('\n').filter((line) => /^(move_acces|http)_/.test(line))).to.deep.equal([]);
  });
});

describe('The Grafana dashboard', () => {
  it('shows metrics that there are, in panels that do not overlap', async () => {
    const names = await known();
    const { panels } = dashboard();
    const asked = panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => namesIn(expr)));
    expect(asked.length).to.be.greaterThan(25);
    for (const name of asked) expect(names.has(name), name).to.equal(true);
    expect(new Set(panels.map(({ id }) => id)).size).to.equal(panels.length);
  });

  it('shows every metric of this product', async () => {
    const asked = new Set(dashboard().panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => namesIn(expr))));
    const ours = [...(await known())].filter((name) => name.startsWith('move_acces_') && !/_(sum|count)$/.test(name));
    expect(ours.filter((name) => !asked.has(name))).to.deep.equal([]);
  });
});
