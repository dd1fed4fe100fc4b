import { type BindToFluentSyntax, ContainerModule } from 'inversify';
import type { Ports } from '../../core/ports/ports.js';

/** Binds a port: its name in `Ports` is its token, and says which type fits. */
export type BindPort = <Name extends keyof Ports>(name: Name) => BindToFluentSyntax<Ports[Name]>;

/** A part of the wiring: says which implementation each of some ports has. */
export const portModule = (load: (bindPort: BindPort) => void): ContainerModule =>
  new ContainerModule(({ bind }) => load((name) => bind(name)));
