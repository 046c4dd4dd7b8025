import { Entry } from './entry.ts';
import type { Variable } from './variables.ts';
import type { XmlElement } from './body/xml.ts';

/** An XPath that the engine does not understand. */
export class XPathError extends Error {
  constructor(path: string) {
    super(
      `the path "${path}" is not supported; write /*, //@*, //name, /a/b, or one of them with /@name or /text()`,
    );
    this.name = 'XPathError';
  }
}

interface Step {
  readonly isDescendant: boolean;
  readonly name: string;
}

interface XmlPath {
  readonly steps: readonly Step[];
  /** The attribute that is meant, `*` for all, or null for the element's text. */
  readonly attribute: string | null;
}

/**
 * The variable of `XML:path` (a part of XPath 1.0, section 2.5). An element's value is all character
 * data in it, an attribute's its value; each match is one entry.
 */
export function xmlVariable(path: string): Variable {
  const known = variables.get(path);
  if (known !== undefined) return known;
  const variable = makeVariable(path);
  variables.set(path, variable);
  return variable;
}

/** One variable for each path that rules name. */
const variables = new Map<string, Variable>();

function makeVariable(path: string): Variable {
  const parsed = parsePath(path);
  const cacheName = `XML:${path}`;
  return {
    name: 'XML',
    isCollection: true,
    isVolatile: false,
    read: (store) => {
      const root = store.xml;
      if (root === null) return NONE;
      const known = store.fixed(cacheName);
      if (known.length > 0) return known;
      const selected = select(root, parsed, path);
      store.setFixed(cacheName, selected);
      return selected;
    },
  };
}

const NONE: readonly Entry[] = [];

function parsePath(path: string): XmlPath {
  const words = path.split('/');
  if (words.shift() !== '' || words.length === 0) throw new XPathError(path);
  if (words.at(-1) === 'text()') words.pop();
  const steps: Step[] = [];
  let attribute: string | null = null;
  let isDescendant = false;
  for (const word of words) {
    if (attribute !== null) throw new XPathError(path);
    if (word === '') {
      if (isDescendant) throw new XPathError(path);
      isDescendant = true;
    } else if (word.startsWith('@')) {
      attribute = word.slice(1);
      if (isDescendant || steps.length === 0) steps.push({ isDescendant: true, name: '*' });
      isDescendant = false;
    } else {
      steps.push({ isDescendant, name: word });
      isDescendant = false;
    }
  }
  const isPlain = (name: string): boolean =>
    name !== '' && !'[]()|:=<>'.split('').some((mark) => name.includes(mark));
  if (isDescendant || steps.length === 0 || !steps.every(({ name }) => isPlain(name)))
    throw new XPathError(path);
  if (attribute !== null && !isPlain(attribute)) throw new XPathError(path);
  return { steps, attribute };
}

function select(root: XmlElement, { steps, attribute }: XmlPath, path: string): Entry[] {
  const document: XmlElement = { name: '', attributes: [], children: [root], text: root.text };
  let elements: XmlElement[] = [document];
  for (const { isDescendant, name } of steps) {
    const candidates = elements.flatMap((element) =>
      isDescendant ? descendants(element) : element.children,
    );
    elements = [...new Set(candidates)].filter((element) => name === '*' || element.name === name);
  }
  if (attribute === null) return elements.map((element) => new Entry('XML', path, element.text));
  return elements.flatMap((element) =>
    element.attributes
      .filter(({ name }) => attribute === '*' || name === attribute)
      .map(({ value }) => new Entry('XML', path, value)),
  );
}

function descendants(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => [child, ...descendants(child)]);
}
