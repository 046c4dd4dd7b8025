import { inventory } from '../../packages/gateway/src/admin/app.ts';
import type { AdminContext } from '../../packages/gateway/src/admin/context.ts';
import { describe } from '../../packages/gateway/src/admin/description.ts';
import type { Endpoint } from '../../packages/gateway/src/admin/endpoint.ts';
import { permissions, roleNames, type Role } from '../../packages/gateway/src/admin/roles.ts';
import { Tails } from '../../packages/gateway/src/admin/tail.ts';
import { version } from '../../packages/gateway/src/config/version.ts';
import { pictory } from '../../packages/gateway/src/providers/pictory/provider.ts';

/** The endpoints without a gateway: they are described, never called, so only the provider is real. */
function endpoints(): readonly Endpoint[] {
  const context = { provider: pictory, stores: {}, config: {}, defaults: {} };
  const unused = context as unknown as AdminContext;
  return inventory(unused, new Tails(unused), version);
}

/** docs/reference/admin-api.json (OpenAPI 3.1). */
export const adminApiJson = (): string =>
  `${JSON.stringify(describe(endpoints(), version), null, 2)}\n`;

/** docs/reference/admin-api.md: the routes with their permissions, and who has which. */
export function adminApiPage(): string {
  const routes = endpoints().map(
    ({ method, path, permission, summary }) =>
      `| ${method.toUpperCase()} | \`${path}\` | ${permission === null ? 'nobody is asked' : `\`${permission}\``} | ${summary} |`,
  );
  const rights = Object.entries(permissions).map(
    ([permission, roles]) => `| \`${permission}\` | ${marks(roles).join(' | ')} |`,
  );
  return `# Admin API

Generated from \`packages/gateway/src/admin\`; the forms of requests and answers are in [admin-api.json](admin-api.json)
(OpenAPI 3.1), which a running gateway serves at \`/openapi.json\`.

The API has a listener of its own, on HTTPS. Send \`Authorization: Bearer fga_…\`. Bodies are JSON; what is not known in them is
refused with a pointer and the nearest known name. Lists give \`items\` and \`next\`; send \`next\` as \`?cursor=\`. Every object has an
\`ETag\`; a change of it needs \`If-Match\` (428 without, 412 when somebody was faster). \`?dry_run=true\` on a change checks
everything and shows the effect. A change is in the audit log before it is made and again before it is answered. Refusals are
those of [denials.md](denials.md). \`/livez\` and \`/readyz\` ask for no token.

## Routes

| method | path | permission | |
|---|---|---|---|
${routes.join('\n')}

## Roles

| permission | ${roleNames.join(' | ')} |
|---|${roleNames.map(() => '---|').join('')}
${rights.join('\n')}
`;
}

const marks = (roles: readonly Role[]): readonly string[] =>
  roleNames.map((role) => (roles.includes(role) ? 'yes' : ''));
