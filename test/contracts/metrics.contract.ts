import { expect } from 'chai';
import type { Metrics } from '../../core/ports/metrics.js';

/** What every `Metrics` keeps. Names are what dashboards are built on. */
export function metricsContract(name: string, open: () => Metrics): void {
  describe(`${name} as metrics`, () => {
    const valueIn = async (metrics: Metrics, series: string) => {
      const { body } = await metrics.render();
      const line = body.split('\n').find((each) => each.startsWith(`${series} `));
      return line === undefined ? null : Number(line.slice(series.length + 1));
    };

    it('renders what Prometheus reads', async () => {
      const { contentType, body } = await open().render();
      expect(contentType).to.match(/^text\/plain; version=0\.0\.4/);
      for (const line of body.split('\n')) expect(line).to.match(/^(#.*|[a-zA-Z_:][\w:]*(\{.*\})? \S+|)$/);
    });

    it('counts requests by method, route and status, and times them', async () => {
      const metrics = open();
      metrics.requestServed({ method: 'GET', route: '/users/me', status: 200, seconds: 0.004 });
      metrics.requestServed({ method: 'GET', route: '/users/me', status: 200, seconds: 0.004 });
      metrics.requestServed({ method: 'GET', route: '/users/me', status: 401, seconds: 0.001 });
      expect(await valueIn(metrics, 'http_requests_total{method="GET",route="/users/me",status="200"}')).to.equal(2);
      expect(await valueIn(metrics, 'http_requests_total{method="GET",route="/users/me",status="401"}')).to.equal(1);
      expect(await valueIn(metrics, 'http_request_duration_seconds_count{method="GET",route="/users/me"}')).to.equal(3);
    });

    it('counts logins and refreshes by outcome', async () => {
      const metrics = open();
      metrics.loginJudged('success');
      metrics.loginJudged('invalid_credentials');
      metrics.loginJudged('invalid_credentials');
      metrics.refreshJudged('rotated');
      metrics.refreshJudged('repeated');
      metrics.refreshJudged('refresh_reused');
      expect(await valueIn(metrics, 'move_acces_login_total{outcome="success"}')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_login_total{outcome="invalid_credentials"}')).to.equal(2);
      for (const outcome of ['rotated', 'repeated', 'refresh_reused']) {
        expect(await valueIn(metrics, `move_acces_refresh_total{outcome="${outcome}"}`)).to.equal(1);
      }
    });

    it('counts password hashes, and shows the queue as it is', async () => {
      const metrics = open();
      metrics.passwordHashed('hash', 0.02);
      metrics.passwordHashed('verify', 0.02);
      metrics.passwordHashed('verify', 0.02);
      metrics.hashQueueChanged(2, 7);
      metrics.hashQueueChanged(2, 5);
      expect(await valueIn(metrics, 'move_acces_password_hash_seconds_count{operation="hash"}')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_password_hash_seconds_count{operation="verify"}')).to.equal(2);
      expect(await valueIn(metrics, 'move_acces_password_hash_running')).to.equal(2);
      expect(await valueIn(metrics, 'move_acces_password_hash_waiting')).to.equal(5);
    });

    it('counts the verdicts of limits, and shows whether they are shared', async () => {
      const metrics = open();
      metrics.rateJudged('login', 'allowed');
      metrics.rateJudged('login', 'refused');
      metrics.limiterDegraded(true);
      expect(await valueIn(metrics, 'move_acces_rate_limit_total{policy="login",decision="allowed"}')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_rate_limit_total{policy="login",decision="refused"}')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_rate_limit_degraded')).to.equal(1);
      metrics.limiterDegraded(false);
      expect(await valueIn(metrics, 'move_acces_rate_limit_degraded')).to.equal(0);
    });

    it('counts lost audit events', async () => {
      const metrics = open();
      metrics.auditLost();
      expect(await valueIn(metrics, 'move_acces_audit_lost_total')).to.equal(1);
    });

    it('counts nothing of another instance', async () => {
      open().loginJudged('success');
      expect(await valueIn(open(), 'move_acces_login_total{outcome="success"}')).to.equal(null);
    });
  });
}
