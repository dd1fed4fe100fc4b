import type { IocContainer, IocContainerFactory } from '@tsoa/runtime';
import type { Request } from 'express';
import type { RestServices } from './rest-services.js';

/** Creates controllers for each request: a controller that is reused would add its response headers to the next response. */
export const iocContainer: IocContainerFactory<Request> = (request) => containerOf(request.app.locals.services);

/** The generated routes pass only the class. Every controller's constructor takes the services. */
const containerOf = (services: RestServices): IocContainer => ({
  get: <T>(controller: unknown) => new (controller as new (services: RestServices) => T)(services),
});
