/** The origin of a request, as far as it is known. All texts are already plain and truncated. */
export interface Origin {
  readonly ip: string | null;
  /** At most 255 characters. */
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** For work without a network request: cleaning up, seeding, an admin at a terminal. */
export const noOrigin: Origin = { ip: null, userAgent: null, requestId: null };
