type Child = Node | string | undefined | null | false;
type Value = string | number | boolean | undefined | ((event: Event) => void);
type Attributes = Record<string, Value>;

const SVG = 'http://www.w3.org/2000/svg' as const;

/**
 * Builds an element. Text always becomes a text node, so nothing that people write can turn into markup.
 * An attribute `onclick` with a function listens for `click`; `true` sets an empty attribute.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  return fill(document.createElement(name), attributes, children);
}

/** The same for a part of an SVG picture. */
export function drawing(name: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill<Built extends Element>(built: Built, attributes: Attributes, children: Child[]): Built {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') built.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      built.setAttribute(name, value === true ? '' : String(value));
  }
  built.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return built;
}

/** A list of terms and what they are; terms without a description are left out. */
export function facts(rows: readonly (readonly [string, Child])[], className = 'facts'): HTMLElement {
  const list = element('dl', { class: className });
  for (const [term, description] of rows) {
    if (description === undefined || description === null || description === false) continue;
    list.append(element('div', {}, element('dt', {}, term), element('dd', {}, description)));
  }
  return list;
}
