/** Members of Pictory's bodies that its schema restricts to a choice or a short strict form. */
const CHOICES: Readonly<Record<string, RegExp>> = {
  aspectRatio: /^(?:1:1|16:9|9:16|4:5|3:4|4:3)$/,
  type: /^(?:video|image|entry|exit|shape|text)$/,
  speed: /^(?:slow|medium|fast|custom)$/,
  mediaType: /^(?:video|audio)$/,
  backgroundType: /^(?:video|image)$/,
  mediaStyle: /^(?:photorealistic|artistic|cartoon|minimalist|vintage|futuristic)$/,
  sceneTransition:
    /^(?:none|wipeup|wipedown|wipeleft|wiperight|smoothleft|smoothright|radial|circlecrop|hblur|fade)$/,
  sort: /^(?:latest|shuffle|featured)$/,
  width: /^(?:100|[1-9]?[0-9])%$/,
  top: /^(?:100|[1-9]?[0-9])%$/,
  left: /^(?:100|[1-9]?[0-9])%$/,
  stability: /^(?:100|[1-9]?[0-9])%$/,
};

/**
 * Names, as WAF arguments, of the values in a body that a schema proves to hold no free text: numbers,
 * booleans, null, and texts of one of the choices above. In a gateway its schema guard says this.
 */
export function provenNames(body: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: unknown, name: string, member: string): void => {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, `${name}.${index}`, member);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) visit(child, `${name}.${key}`, key);
    } else if (typeof value !== 'string' || CHOICES[member]?.test(value) === true) {
      names.add(name);
    }
  };
  visit(body, 'json', '');
  return names;
}
