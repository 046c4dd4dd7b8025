import { deny } from '../domain/denial.ts';
import type { Received } from '../domain/received.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Provider } from '../providers/provider.ts';
import { createRoutes, type Routed } from './routes.ts';

/** Looks the request up in the provider's catalogue. An unlisted route ends here: nothing unlisted is ever forwarded. */
export function operation(provider: Provider): Guard<Received, Routed> {
  const find = createRoutes(provider.prefix, provider.operations);
  return {
    name: 'operation',
    check: ({ method, segments }) => {
      const route = find(method, segments);
      if ('operation' in route) return route;
      return deny('operation_unknown', {
        detail: {
          reason:
            route.otherMethods.length === 0
              ? 'no operation has this path'
              : `this path is known with ${route.otherMethods.join(', ')} only`,
          source: `catalogue of ${provider.name}`,
          remedy: 'call a path of docs/reference/operations.md',
        },
      });
    },
  };
}
