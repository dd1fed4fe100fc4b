/** One thing that the service cannot do without, or can (`isEssential` false: it is reported and the service stays ready). */
export interface HealthProbe {
  readonly name: string;
  readonly isEssential: boolean;
  /** Answers within two seconds; rejects when the dependency does not work. */
  check(): Promise<void>;
  /**
   * True while this process knows already that the dependency does not work. Costs nothing, so that it is called as often as readiness is
   * requested, and holds although a check succeeded a moment ago. A probe without it knows nothing but what its check finds out.
   */
  isKnownDown?(): boolean;
  /** What an operator has to put right although the dependency works, as the last check found it; null for nothing. No secret is in it. */
  warning?(): string | null;
}
