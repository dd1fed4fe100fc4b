declare const brand: unique symbol;

/** A value that cannot be replaced by another value of the same shape: only its own parser creates one. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
