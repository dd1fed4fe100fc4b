import { expect } from 'chai';
import { PrometheusMetrics } from '../../../adapters/prometheus/prometheus-metrics.js';

describe('prometheus', () => {
  const open = () => new PrometheusMetrics({ version: '1.2.3' });

  it('shows its version, and the metrics of the process', async () => {
    const { body } = await open().render();
    expect(body).to.match(/^move_acces_build_info\{version="1\.2\.3",node="\d+\.\d+\.\d+"\} 1$/m);
    for (const name of ['process_cpu_seconds_total', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_seconds'])
      expect(body).to.include(name);
  });

  it('puts durations where they belong', async () => {
    const metrics = open();
    metrics.requestServed({ method: 'GET', route: '/users/me', status: 200, seconds: 0.004 });
    const { body } = await metrics.render();
    const series = 'http_request_duration_seconds';
    expect(body).to.include(`${series}_bucket{le="0.0025",method="GET",route="/users/me"} 0`);
    expect(body).to.include(`${series}_bucket{le="0.005",method="GET",route="/users/me"} 1`);
    expect(body).to.include(`${series}_sum{method="GET",route="/users/me"} 0.004`);
  });

  it('has one series for all methods that no route serves', async () => {
    const metrics = open();
    for (const method of ['PROPFIND', 'M-SEARCH', 'BREW', '"}\n'])
      metrics.requestServed({ method, route: 'unknown', status: 404, seconds: 0 });
    const { body } = await metrics.render();
    expect(body).to.include('http_requests_total{method="other",route="unknown",status="404"} 4');
    expect(body.match(/^http_requests_total\{/gm)).to.have.length(1);
  });
});
