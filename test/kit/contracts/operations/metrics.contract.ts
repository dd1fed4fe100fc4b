import { expect } from 'chai';
import type { LiveMetrics } from '../../../../core/ports/live/live-metrics.js';
import type { Metrics } from '../../../../core/ports/operations/metrics.js';
import { globalRunner, type TestRunner } from '../../runner/test-runner.js';

/** The contract of every `Metrics`. Names are part of it, because dashboards use them. */
export function metricsContract(name: string, open: () => Metrics & LiveMetrics, runner: TestRunner = globalRunner()): void {
  const { describe, it } = runner;
  describe(`${name} as metrics`, () => {
    const valueIn = async (metrics: Metrics, series: string) => {
      const { body } = await metrics.render();
      const line = body.split('\n').find((each) => each.startsWith(`${series} `));
      return line === undefined ? null : Number(line.slice(series.length + 1));
    };

    it('renders the Prometheus format', async () => {
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
      metrics.refreshJudged('reused');
      expect(await valueIn(metrics, 'move_acces_login_total{outcome="success"}')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_login_total{outcome="invalid_credentials"}')).to.equal(2);
      for (const outcome of ['rotated', 'repeated', 'reused']) {
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

    it('counts messages in Redis that did not verify, by kind', async () => {
      const metrics = open();
      metrics.redisMessageRejected('ticket');
      metrics.redisMessageRejected('event');
      metrics.redisMessageRejected('event');
      expect(await valueIn(metrics, 'move_acces_redis_messages_rejected_total{kind="ticket"}')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_redis_messages_rejected_total{kind="event"}')).to.equal(2);
    });

    it('counts lost audit events', async () => {
      const metrics = open();
      metrics.auditLost();
      expect(await valueIn(metrics, 'move_acces_audit_lost_total')).to.equal(1);
    });

    it('shows where the chain of seals ends', async () => {
      const metrics = open();
      metrics.auditSealed({ lastRowId: 41, fingerprint: 9, checkedAt: 1_000_000 });
      metrics.auditSealed({ lastRowId: 42, fingerprint: 4_503_599_627_370_495, checkedAt: 2_000_000 });
      expect(await valueIn(metrics, 'move_acces_audit_sealed_row_id')).to.equal(42);
      expect(await valueIn(metrics, 'move_acces_audit_head_fingerprint')).to.equal(4_503_599_627_370_495);
      expect(await valueIn(metrics, 'move_acces_audit_sealed_timestamp_seconds')).to.equal(2000);
    });

    it('reads its watched gauges at each rendering, and has none that is not watched', async () => {
      const metrics = open();
      expect(await valueIn(metrics, 'move_acces_redis_up')).to.equal(null);
      let busy = 3;
      metrics.watch('database_connections_busy', () => busy);
      expect(await valueIn(metrics, 'move_acces_database_connections_busy')).to.equal(3);
      busy = 0;
      expect(await valueIn(metrics, 'move_acces_database_connections_busy')).to.equal(0);
      metrics.watch('database_connections_busy', () => 7);
      expect(await valueIn(metrics, 'move_acces_database_connections_busy')).to.equal(7);
    });

    it('counts the events of long-lived connections', async () => {
      const metrics = open();
      metrics.socketsChanged(5);
      metrics.socketsChanged(4);
      metrics.socketClosed(1001);
      metrics.socketClosed('other');
      metrics.messageReceived('ping');
      metrics.messageSent('pong');
      metrics.messageSent('pong');
      metrics.slowConsumerCut();
      metrics.eventDelivered(0.01);
      expect(await valueIn(metrics, 'move_acces_sockets')).to.equal(4);
      expect(await valueIn(metrics, 'move_acces_socket_closed_total{code="1001"}')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_socket_closed_total{code="other"}')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_socket_messages_total{direction="in",type="ping"}')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_socket_messages_total{direction="out",type="pong"}')).to.equal(2);
      expect(await valueIn(metrics, 'move_acces_slow_consumers_total')).to.equal(1);
      expect(await valueIn(metrics, 'move_acces_event_delay_seconds_count')).to.equal(1);
    });

    it('counts nothing of another instance', async () => {
      open().loginJudged('success');
      expect(await valueIn(open(), 'move_acces_login_total{outcome="success"}')).to.equal(null);
    });
  });
}
