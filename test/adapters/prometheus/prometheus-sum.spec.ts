import { expect } from 'chai';
import { PrometheusMetrics } from '../../../adapters/prometheus/prometheus-metrics.js';
import { renderSum, snapshotOf } from '../../../adapters/prometheus/sum-of-processes.js';
import { WorkerMetrics } from '../../../adapters/prometheus/worker-metrics.js';

describe('The metrics of several processes', () => {
  it('are one scrape: counters are added up, gauges keep their meaning for all processes', async () => {
    const processes = [1, 2, 3].map(() => new PrometheusMetrics({ version: '1.2.3' }));
    for (const [index, metrics] of processes.entries()) {
      metrics.loginJudged('success');
      metrics.requestServed({ method: 'GET', route: '/users/me', status: 200, seconds: 0.004 });
      metrics.hashQueueChanged(1, index);
      metrics.limiterDegraded(index === 1);
      metrics.socketsChanged(10);
      metrics.watch('database_connections_busy', () => 2);
      metrics.watch('redis_up', () => (index === 2 ? 0 : 1));
      metrics.auditSealed({ lastRowId: 100 + index, fingerprint: 7 + index, checkedAt: 1_772_600_767_789 });
    }
    // as it comes from another process
    const snapshots = await Promise.all(processes.map(async (metrics) => JSON.parse(JSON.stringify(await snapshotOf(metrics)))));
    const { contentType, body } = await renderSum(snapshots);
    expect(contentType).to.match(/^text\/plain/);
    const lines = body.split('\n');
    for (const line of [
      'move_acces_login_total{outcome="success"} 3',
      'http_requests_total{method="GET",route="/users/me",status="200"} 3',
      'http_request_duration_seconds_bucket{le="0.005",method="GET",route="/users/me"} 3',
      'move_acces_password_hash_waiting 3',
      'move_acces_rate_limit_degraded 1',
      'move_acces_sockets 30',
      'move_acces_database_connections_busy 6',
      'move_acces_redis_up 0',
      'move_acces_audit_sealed_row_id 100',
      'move_acces_audit_head_fingerprint 7',
    ]) {
      expect(
        lines,
        body
          .split('\n')
          .filter((each) => each.startsWith(line.split(/[{ ]/)[0] ?? ''))
          .join('\n'),
      ).to.include(line);
    }
    expect(lines.filter((line) => line.startsWith('move_acces_build_info{'))).to.have.length(1);
  });

  it('show the audit seals of the process with the latest run', async () => {
    const processes = [1, 2, 3].map(() => new PrometheusMetrics({ version: '1.2.3' }));
    for (const [index, metrics] of processes.entries()) {
      metrics.auditSealed({ lastRowId: 100 + index, fingerprint: 7 + index, checkedAt: 1_772_600_767_789 + (index === 1 ? 5000 : 0) });
    }
    const { body } = await renderSum(await Promise.all(processes.map(snapshotOf)));
    expect(body).to.include('move_acces_audit_sealed_row_id 101\n').and.include('move_acces_audit_head_fingerprint 8\n');
  });
});

describe('The metrics of workers', () => {
  const loginsOf = async (workers: WorkerMetrics) =>
    /^move_acces_login_total\{outcome="success"\} (\d+)$/m.exec((await workers.render()).body)?.[1];
  const worker = (logins: number) => {
    const metrics = new PrometheusMetrics({ version: '1.2.3' });
    for (let login = 0; login < logins; login += 1) metrics.loginJudged('success');
    metrics.socketsChanged(10);
    return metrics;
  };

  it('keep the counters of ended workers, and not their gauges', async () => {
    const workers = new WorkerMetrics();
    for (let id = 1; id <= 3; id += 1) {
      workers.report(id, await snapshotOf(worker(id)));
      workers.workerEnded(id);
    }
    expect(await loginsOf(workers)).to.equal('6');
    expect((await workers.render()).body)
      .to.include('move_acces_worker_ends_total 3\n')
      .and.not.include('move_acces_sockets');
    workers.report(4, await snapshotOf(worker(4)));
    expect(await loginsOf(workers)).to.equal('10');
    expect((await workers.render()).body).to.include('move_acces_sockets 10\n');
  });

  it('replace a worker’s earlier report with its last one', async () => {
    const workers = new WorkerMetrics();
    workers.report(1, await snapshotOf(worker(2)));
    workers.report(1, await snapshotOf(worker(5)));
    expect(await loginsOf(workers)).to.equal('5');
    workers.workerEnded(2);
    expect(await loginsOf(workers)).to.equal('5');
  });
});
