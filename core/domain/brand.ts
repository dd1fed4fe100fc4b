declare const brand: unique symbol;

/** A value that may not be swapped for another of the same shape: only its own parser makes one. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
