/** One thing that the service cannot do without, or can (`isEssential` false: it is reported and the service stays ready). */
export interface HealthProbe {
  readonly name: string;
  readonly isEssential: boolean;
  /** Answers within two seconds; rejects when the dependency does not work. */
  check(): Promise<void>;
}
