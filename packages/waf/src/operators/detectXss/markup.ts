import { isActiveTag } from './judgeTag.ts';
import { isStyleAttack } from './style.ts';
import { opensTag, readTag } from './tagReader.ts';

const STYLE_BYTES_MAX = 4096;

/** Declarations and instructions that define entities, load style sheets or feed old parsers. */
const ACTIVE_DECLARATIONS = ['<!entity', '<!--[if', '<?xml-stylesheet', '<?import', '<![if'];
const DECLARATION_BYTES_MAX = 16;

/** Whether the value, read as HTML text, holds a tag or declaration that is active. */
export function hasActiveMarkup(input: string): boolean {
  let position = input.indexOf('<');
  while (position >= 0) {
    if (opensTag(input, position)) {
      const tag = readTag(input, position);
      if (isActiveTag(tag)) return true;
      const next = input.indexOf('<', Math.max(tag.end, position + 1));
      const text = input.slice(tag.end, next < 0 ? tag.end + STYLE_BYTES_MAX : next);
      if (tag.name === 'style' && isStyleAttack(text)) return true;
      position = next;
      continue;
    }
    const head = input.slice(position, position + DECLARATION_BYTES_MAX).toLowerCase();
    if (ACTIVE_DECLARATIONS.some((declaration) => head.startsWith(declaration))) return true;
    position = input.indexOf('<', position + 1);
  }
  return false;
}
