/** A dependency of the service. Where `isEssential` is false, the service reports a failure and stays ready. */
export interface HealthProbe {
  readonly name: string;
  readonly isEssential: boolean;
  /** Resolves within two seconds; rejects when the dependency does not work. */
  check(): Promise<void>;
  /**
   * Returns true while this process already knows that the dependency does not work, even after a check that just succeeded. It costs
   * nothing, so it is called for each readiness request. A probe without this method knows only the result of its check.
   */
  isKnownDown?(): boolean;
  /**
   * Returns a problem that the operator must solve although the dependency works, as the last check found it; null for none. Contains no
   * secret.
   */
  warning?(): string | null;
}
