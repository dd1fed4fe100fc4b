/** A refresh token, presented. */
export interface RefreshTokenBody {
  /** @example "v1.AZyLbq0Ec4qTqGm1xk5d8A.0.Yk3sVwq9Tq2xJ3mB0cP4dQ" */
  refresh_token: string;
}
