import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';
import { confined, gatewayFolders } from './boundaries.ts';

/** Style as a test: what is only written down decays. */

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const sources = tracked.filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'));
const text = new Map(sources.map((file) => [file, readFileSync(file, 'utf8')]));
const gateway = 'packages/gateway/src/';
const isForTests = (file: string): boolean =>
  /(\.test|\.fixture|\/fixture|testPlace)\.ts$|\/(contract|testing)\//.test(file);
const inGateway = sources.filter((file) => file.startsWith(gateway));

/** Where the relative imports of a file point to, types included. */
function importsOf(file: string): string[] {
  const found = text.get(file)!.matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g);
  return [...found].map(([, path]) => normalize(join(dirname(file), path!)));
}

const folderOf = (file: string): string => {
  const rest = file.slice(gateway.length);
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : rest.replace(/(\.test)?\.ts$/, '');
};

const findings = (
  files: readonly string[],
  find: (file: string, content: string) => string | null,
): string[] => files.flatMap((file) => find(file, text.get(file)!) ?? []);

describe('the gateway', () => {
  it('has exactly the folders that the boundaries name', () => {
    const present = new Set(inGateway.map(folderOf).filter((folder) => folder !== 'main'));
    assert.deepEqual([...present].toSorted(), Object.keys(gatewayFolders).toSorted());
  });

  it('imports across folders only as the boundaries allow', () => {
    const wrong = inGateway
      .filter((file) => folderOf(file) !== 'main' && !isForTests(file))
      .flatMap((file) => {
        const allowed = new Set([
          'domain',
          folderOf(file),
          ...(gatewayFolders[folderOf(file)] ?? []),
        ]);
        return importsOf(file)
          .filter((target) => target.startsWith(gateway) && !allowed.has(folderOf(target)))
          .map((target) => `${file} imports ${target}`);
      });
    assert.deepEqual(wrong, []);
  });

  for (const { name, pattern, home } of confined) {
    it(`names ${name} only in ${home}`, () => {
      const wrong = inGateway.filter(
        (file) =>
          !isForTests(file) && !file.startsWith(gateway + home) && pattern.test(text.get(file)!),
      );
      assert.deepEqual(wrong, []);
    });
  }

  it("names its provider only in the provider's folder", () => {
    const homes = ['providers/pictory/', 'start/', 'cli/try/'].map((home) => gateway + home);
    const wrong = inGateway.filter(
      (file) =>
        !isForTests(file) &&
        !homes.some((home) => file.startsWith(home)) &&
        /pictory/i.test(text.get(file)!),
    );
    assert.deepEqual(wrong, []);
  });
});

describe('the engine', () => {
  it('imports nothing of Node and nothing but itself', () => {
    const engine = sources.filter(
      (file) => file.startsWith('packages/waf/src/') && !isForTests(file),
    );
    const wrong = findings(engine, (file, content) => (/from '[^.]/.test(content) ? file : null));
    assert.deepEqual(wrong, []);
  });
});

describe('every source', () => {
  it('is shorter than 500 lines', () => {
    assert.deepEqual(
      findings(sources, (file, content) => (content.split('\n').length > 500 ? file : null)),
      [],
    );
  });

  it('has nothing left to do', () => {
    const words = new RegExp(['TO', 'DO\\b|FIX', 'ME\\b|XX', 'X\\b'].join(''));
    assert.deepEqual(
      findings(sources, (file, content) => (words.test(content) ? file : null)),
      [],
    );
  });

  it('skips and focuses no test without a reason', () => {
    const tests = sources.filter(
      (file) => file.endsWith('.test.ts') && file !== 'tools/tidy.test.ts',
    );
    assert.deepEqual(
      findings(tests, (file, content) => (/\.only\(|skip: true/.test(content) ? file : null)),
      [],
    );
  });

  it("names no path of somebody's machine", () => {
    const paths = new RegExp(['/wo', 'rk/|/ro', 'ot/|/ho', 'me/\\w'].join(''));
    const wrong = tracked
      .filter((file) => /\.(ts|md|json|ya?ml|sh)$|^\.ci\//.test(file))
      // Attacks name the paths that attackers ask for.
      .filter((file) => !file.startsWith('packages/waf/corpus/attacks/'))
      .filter((file) => paths.test(readFileSync(file, 'utf8')));
    assert.deepEqual(wrong, []);
  });
});

describe('the packages', () => {
  const manifests = tracked.filter((file) => file.endsWith('package.json'));

  it('pin every dependency exactly', () => {
    const wrong = manifests.flatMap((file) => {
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<
        string,
        Record<string, string> | undefined
      >;
      return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((group) =>
        Object.entries(manifest[group] ?? {})
          .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
          .map(([name, version]) => `${file}: ${name} ${version}`),
      );
    });
    assert.deepEqual(wrong, []);
  });

  it('bring no install script and come from no other registry', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<
        string,
        { hasInstallScript?: boolean; resolved?: string; link?: boolean; integrity?: string }
      >;
    };
    const foreign = Object.entries(lock.packages).filter(
      ([path, entry]) =>
        path.startsWith('node_modules/') &&
        !entry.link &&
        (entry.hasInstallScript || !entry.integrity || entry.resolved?.startsWith('git')),
    );
    assert.deepEqual(
      foreign.map(([path]) => path),
      [],
    );
  });

  it('name each dependency with its reason', () => {
    const page = readFileSync('docs/decisions/dependencies.md', 'utf8');
    const names = manifests.flatMap((file) => {
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<
        string,
        Record<string, string> | undefined
      >;
      return Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] });
    });
    assert.deepEqual(
      names.filter((name) => !page.includes(`\`${name}\``)),
      [],
    );
  });
});

describe('ARCHITECTURE.md', () => {
  it('explains the tree that is on the disk', () => {
    const page = readFileSync('ARCHITECTURE.md', 'utf8');
    const tree = /```tree\n([\s\S]*?)```/.exec(page)?.[1] ?? assert.fail('there is no tree');
    const explained = readTree(tree);
    const present = new Set(tracked.flatMap(foldersWorthExplaining));
    assert.deepEqual([...explained].toSorted(), [...present].toSorted());
  });
});

/** Paths of the folders in an indented list; each line is a name, a slash and a sentence. */
function readTree(tree: string): Set<string> {
  const stack: string[] = [];
  const paths = new Set<string>();
  for (const line of tree.split('\n')) {
    const match = /^( *)([\w./-]+)\/ +\S/.exec(line);
    if (!match) continue;
    stack.length = match[1]!.length / 2;
    stack.push(match[2]!);
    paths.add(stack.join('/'));
  }
  return paths;
}

/** The top folders, the packages, their folders, and the folders of their sources. */
function foldersWorthExplaining(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  if (parts[0]?.startsWith('.')) return [];
  const depth = parts[0] === 'packages' ? 4 : 2;
  return parts.slice(0, depth).map((_, index) => parts.slice(0, index + 1).join('/'));
}
