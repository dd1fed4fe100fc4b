/** Where a request came from, as far as it is known. All texts are already plain and cut to size. */
export interface Origin {
  readonly ip: string | null;
  /** At most 255 characters. */
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** For work that nobody asked for over a network: cleaning, seeding, an admin at a terminal. */
export const noOrigin: Origin = { ip: null, userAgent: null, requestId: null };
