import { adminEndpoints } from './admins.ts';
import { adoptEndpoints } from './adopt.ts';
import { bootstrapEndpoints } from './bootstrap.ts';
import { clientEndpoints } from './clients.ts';
import { configEndpoints } from './config.ts';
import type { AdminContext } from './context.ts';
import type { Endpoint } from './endpoint.ts';
import { keyEndpoints } from './keys.ts';
import { policyEndpoints } from './policies.ts';
import { requestEndpoints } from './requests.ts';
import { resourceEndpoints } from './resources.ts';
import { statusEndpoints } from './status.ts';
import type { Tails } from './tail.ts';
import { upstreamEndpoints } from './upstream.ts';
import { vocabularyEndpoints } from './vocabulary.ts';
import { wafEndpoints } from './waf.ts';

/** The inventory: what is not in this list is not served. Earlier ones win where two paths fit. */
export const endpointsOf = (context: AdminContext, tails: Tails): readonly Endpoint[] => [
  ...bootstrapEndpoints(context),
  ...statusEndpoints(context),
  ...clientEndpoints(context),
  ...keyEndpoints(context),
  ...policyEndpoints(context),
  ...resourceEndpoints(context),
  ...adoptEndpoints(context),
  ...requestEndpoints(context, tails),
  ...upstreamEndpoints(context),
  ...wafEndpoints(context),
  ...configEndpoints(context),
  ...vocabularyEndpoints(context),
  ...adminEndpoints(context),
];
