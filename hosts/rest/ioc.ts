import type { IocContainer, IocContainerFactory } from '@tsoa/runtime';
import type { Request } from 'express';
import type { RestServices } from './rest-services.js';

/** Controllers are made anew for each request: one that lived on would hand its response headers to the next answer. */
export const iocContainer: IocContainerFactory<Request> = (request) => containerOf(request.app.locals.services);

/** The generated routes name the class alone; that each takes the services is the rule of `controllers/`. */
const containerOf = (services: RestServices): IocContainer => ({
  get: <T>(controller: unknown) => new (controller as new (services: RestServices) => T)(services),
});
