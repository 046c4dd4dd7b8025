import { isCode, isScriptAddress } from './address.ts';
import { isStyleAttack } from './style.ts';
import type { Attribute, Tag } from './tagReader.ts';
import {
  ACTIVE_ELEMENTS,
  ACTIVE_WITH_ATTRIBUTE,
  ADDRESS_ATTRIBUTES,
  EVENT_HANDLERS,
} from './vocabulary.ts';

/** Whether a tag in the data state of HTML would run script or load active content. */
export function isActiveTag(tag: Tag): boolean {
  if (ACTIVE_ELEMENTS.has(tag.name)) return true;
  const needed = ACTIVE_WITH_ATTRIBUTE.get(tag.name);
  if (
    needed !== undefined &&
    tag.attributes.some((attribute) => needed.includes(attribute.name) && attribute.value !== '')
  )
    return true;
  return tag.attributes.some(isActiveAttribute);
}

function isActiveAttribute(attribute: Attribute): boolean {
  const { name, value } = attribute;
  if (value === '') return false;
  if (name === 'style') return isStyleAttack(value);
  if (name === 'srcdoc') return true;
  if (ADDRESS_ATTRIBUTES.has(name)) return isScriptAddress(value);
  return isHandler(name, value);
}

/** A known event handler with any value, or a name of that form whose value is code. */
export function isHandler(name: string, value: string): boolean {
  if (!name.startsWith('on')) return false;
  return EVENT_HANDLERS.has(name) || (name.length > 4 && isCode(value));
}
