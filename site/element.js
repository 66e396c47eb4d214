const SVG = 'http://www.w3.org/2000/svg';

/** Creates an HTML element. Children that are not elements become text, so nothing in the feed is treated as markup. */
export function html(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** Creates a section of the page with a heading and an id for addresses such as #tables. */
export function section(id, title, ...children) {
  return html('section', { id, class: 'site-section', 'aria-labelledby': `${id}-title` },
    html('h2', { class: 'govuk-heading-l', id: `${id}-title` }, title), ...children);
}

export function link(address, ...children) {
  return html('a', { class: 'govuk-link', href: address }, ...children);
}

export function visuallyHidden(text) {
  return html('span', { class: 'govuk-visually-hidden' }, text);
}

export function details(summary, kind, ...children) {
  return html('details', { class: `govuk-details ${kind}` },
    html('summary', { class: 'govuk-details__summary' }, html('span', { class: 'govuk-details__summary-text' }, ...[summary].flat())),
    html('div', { class: 'govuk-details__text' }, ...children));
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}
