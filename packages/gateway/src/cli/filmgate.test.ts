import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePorts, openShop, type Shop } from './cli.fixture.ts';

/** The whole way: the program as a child process, a real gateway behind its admin API over HTTPS. */
describe('filmgate', () => {
  let shop: Shop;
  let gateway: Awaited<ReturnType<Shop['start']>>;

  before(async () => {
    shop = openShop();
    const [edge, admin] = await freePorts();
    const made = await shop.filmgate(
      `init --edge 127.0.0.1:${edge} --admin 127.0.0.1:${admin} --key-env UPSTREAM_KEY`,
    );
    assert.equal(made.code, 0, made.err);
    gateway = await shop.start();
  });

  after(async () => {
    assert.equal(await gateway.stop(), 0);
    shop.close();
  });

  it('makes its caller the first owner, and keeps the token to that user', async () => {
    const first = join(shop.folder, 'data', 'bootstrap.token');
    assert.equal(statSync(first).mode & 0o777, 0o600);
    const { code, out, err } = await shop.filmgate('status --output table');
    assert.equal(code, 0, err);
    assert.match(err, /you are the first owner/);
    assert.match(out, /ready/);
    assert.ok(!existsSync(first));
    const token = join(shop.folder, 'data', 'admin.token');
    assert.equal(statSync(token).mode & 0o777, 0o600);
    assert.match(readFileSync(token, 'utf8'), /^fga_/);
  });

  it('leads from nothing to a key, each empty list naming the next command', async () => {
    const empty = await shop.filmgate('clients list --output table');
    assert.match(empty.out, /filmgate clients create NAME/);
    const client = await shop.json([
      'clients',
      'create',
      'crm',
      '--owner',
      'CRM',
      '--preset',
      'read-only',
    ]);
    assert.equal(client.name, 'crm');
    const shown = await shop.filmgate('clients show crm --output table');
    assert.match(shown.out, /filmgate keys create crm/);
    const issued = await shop.json('keys create crm --reveal --network 127.0.0.0/8 --expires 30d');
    assert.match(issued.text, /^fg_live_/);
    const keys = await shop.json('keys list --client crm');
    assert.deepEqual(
      keys.map((key: { id: string }) => key.id),
      [issued.key.id],
    );
    assert.ok(!JSON.stringify(keys).includes(issued.text));
  });

  it('creates no key that would go into a pipe unasked', async () => {
    await shop.json(['clients', 'create', 'pipe', '--owner', 'x', '--preset', 'read-only']);
    const { code, out, err } = await shop.filmgate('keys create pipe');
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(err, /nothing was created[\s\S]*--reveal/);
    assert.deepEqual(await shop.json('keys list --client pipe'), []);
  });

  it('rotates, disables, enables and revokes a key', async () => {
    await shop.json(['clients', 'create', 'turns', '--owner', 'x', '--preset', 'read-only']);
    const { key } = await shop.json('keys create turns --reveal');
    const rotated = await shop.json(`keys rotate ${key.id} --overlap 1h --reveal`);
    assert.equal(rotated.key.secrets.length, 2);
    const bare = await shop.filmgate(`keys disable ${key.id}`);
    assert.match(bare.err, /--reason is missing/);
    assert.equal((await shop.json(`keys disable ${key.id} --reason leak`)).state, 'disabled');
    assert.equal((await shop.json(`keys enable ${key.id}`)).state, 'active');
    const asked = await shop.filmgate(`keys revoke ${key.id}`);
    assert.equal(asked.code, 1);
    assert.match(asked.err, /of client turns stops working at once and for good/);
    assert.match(asked.err, /nothing was changed/);
    assert.equal((await shop.json(`keys show ${key.id}`)).state, 'active');
    const revoked = await shop.json(`keys revoke ${key.id} --yes --reason leak`);
    assert.equal(revoked.state, 'revoked');
  });

  it('shows who is affected before a client is disabled or removed', async () => {
    await shop.json(['clients', 'create', 'leaving', '--owner', 'x', '--preset', 'read-only']);
    await shop.json('keys create leaving --reveal');
    const asked = await shop.filmgate('clients disable leaving');
    assert.match(asked.err, /client leaving stops at once, with 1 active key/);
    await shop.json('clients disable leaving --yes --reason left');
    await shop.json('clients remove leaving --yes --reason left');
    const gone = await shop.filmgate('clients show leavin');
    assert.equal(gone.code, 1);
    assert.match(gone.err, /no client is named "leavin"/);
  });

  it('changes a policy and says what that means', async () => {
    await shop.json('policy create office --scope jobs:list --rate 10/1m');
    const { err } = await shop.filmgate('policy update office --add-scope jobs:read --dry-run');
    assert.match(err, /gain the scopes jobs:read/);
    const changed = await shop.json(
      'policy update office --add-scope jobs:read --network 10.0.0.0/8',
    );
    assert.deepEqual(changed.scopes, ['jobs:list', 'jobs:read']);
    assert.deepEqual(changed.rate, { requests: 10, window_seconds: 60 });
    const slip = await shop.filmgate('policy update office --add-scope jobs:raed');
    assert.match(slip.err, /did you mean "jobs:read"\?/);
    const none = await shop.filmgate('policy update office --add-scope jobs:read');
    assert.match(none.err, /nothing would change/);
  });

  it('explains a refusal of the admin API by its id', async () => {
    const refused = await shop.filmgate('policy create Office');
    const id = /filmgate why (req_\w+)/.exec(refused.err)?.[1];
    assert.ok(id, refused.err);
    const { out } = await shop.filmgate(`why ${id} --output table`);
    assert.match(out, /✖ input/);
    assert.match(out, /Denied by input with 400/);
    const tail = await shop.filmgate('tail --once --denied --last 200 --output table');
    assert.ok(tail.out.includes(id), tail.out);
  });

  it('lets an admin in with less, and shuts the admin out again', async () => {
    const { token } = await shop.json('admins create ann --role viewer --reveal');
    const as = (words: string) => shop.filmgate(words, { FILMGATE_ADMIN_TOKEN: token });
    assert.equal((await as('clients list')).code, 0);
    const refused = await as('clients create x --owner x --policy read-only');
    assert.match(refused.err, /permission_missing[\s\S]*clients:create/);
    await shop.json('admins disable ann --reason left');
    assert.match((await as('clients list')).err, /credential_disabled/);
  });

  it('sends the token of the data folder to the configured address only', async () => {
    const { code, err } = await shop.filmgate('status --url https://127.0.0.1:1');
    assert.equal(code, 1);
    assert.match(err, /there is no admin token for https:\/\/127\.0\.0\.1:1/);
  });

  it('tells what doctor found by its exit code', async () => {
    const { code, out } = await shop.filmgate('doctor');
    assert.equal(code, 2);
    const names = JSON.parse(out).map(({ name }: { name: string }) => name);
    for (const name of ['config', 'data folder', 'edge TLS', 'store', 'audit']) {
      assert.ok(names.includes(name), name);
    }
  });

  it('refuses to write over a configuration', async () => {
    const before = readFileSync(join(shop.folder, 'filmgate.yaml'), 'utf8');
    const { code, err } = await shop.filmgate('init');
    assert.equal(code, 1);
    assert.match(err, /is there already; nothing was changed/);
    assert.equal(readFileSync(join(shop.folder, 'filmgate.yaml'), 'utf8'), before);
  });

  it('says what is wrong with a configuration as a compiler does, and ends with 78', async () => {
    writeFileSync(join(shop.folder, 'bad.yaml'), 'version: 1\nedge:\n  litsen: 127.0.0.1:1\n');
    const { code, err } = await shop.filmgate('config check bad.yaml');
    assert.equal(code, 78);
    assert.match(err, /bad\.yaml:3:3 .*unknown key; did you mean "listen"\?/);
    assert.match(err, /\^\^\^\^\^\^/);
    assert.equal((await shop.filmgate('start --config bad.yaml')).code, 78);
    assert.equal((await shop.filmgate('status --config none.yaml')).code, 78);
  });

  it('explains settings with the line that sets them', async () => {
    const [setting] = await shop.json('config explain edge.listen');
    assert.match(setting.set_at, /filmgate\.yaml:\d+$/);
    const slip = await shop.filmgate('config explain edge.lisen');
    assert.match(slip.err, /did you mean "edge\.listen"\?/);
  });

  it('puts no colour and no table into a pipe', async () => {
    const { out } = await shop.filmgate('keys list', { FORCE_COLOR: '1' });
    assert.ok(Array.isArray(JSON.parse(out)));
    assert.ok(!out.includes('\u001b'));
  });

  it('writes completion scripts that bash can read', async () => {
    const { out } = await shop.filmgate('completion bash');
    assert.match(out, /complete .*-F _filmgate filmgate/);
    assert.match(out, /words="list create show rotate disable enable revoke"/);
    for (const shell of ['zsh', 'fish']) {
      assert.equal((await shop.filmgate(`completion ${shell}`)).code, 0);
    }
    assert.equal((await shop.filmgate('completion tcsh')).code, 1);
  });
});

it('a start that cannot be says why, ends, and changes nothing', async () => {
  const shop = openShop();
  const [edge, admin] = await freePorts();
  await shop.filmgate(`init --edge 127.0.0.1:${edge} --admin 127.0.0.1:${admin}`);
  const weak = await shop.filmgate('start', { FILMGATE_BOOTSTRAP_TOKEN: 'changeme' });
  assert.equal(weak.code, 78);
  assert.match(weak.err, /a bootstrap token has at least/);
  const pepper = join(shop.folder, 'data', 'pepper');
  chmodSync(pepper, 0o644);
  const open = await shop.filmgate('start');
  assert.equal(open.code, 78);
  assert.match(open.err, /pepper is readable by others; run chmod 600/);
  chmodSync(pepper, 0o600);
  writeFileSync(join(shop.folder, 'data', 'filmgate.db'), 'no database at all, but much text');
  const broken = await shop.filmgate('start');
  assert.equal(broken.code, 78);
  assert.match(broken.err, /not a SQLite database/);
  shop.close();
});

it('a gateway that is not there is said to be so', async () => {
  const shop = openShop();
  const [edge, admin] = await freePorts();
  await shop.filmgate(`init --edge 127.0.0.1:${edge} --admin 127.0.0.1:${admin}`);
  const { code, err } = await shop.filmgate('status', { FILMGATE_ADMIN_TOKEN: 'fga_x' });
  assert.equal(code, 1);
  assert.match(err, /no gateway answers at https:\/\/127\.0\.0\.1:\d+/);
  assert.match(err, /filmgate start/);
  shop.close();
});
